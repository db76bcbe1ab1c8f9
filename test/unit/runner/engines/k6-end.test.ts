import { describe, expect, it } from 'vitest';
import { engineEnd } from '../../../../runner/engines/k6/end.ts';
import { k6Environment } from '../../../../runner/engines/k6/environment.ts';
import { readLogLine } from '../../../../runner/engines/k6/log-lines.ts';

describe('the end of k6', () => {
  it.each([
    [{ code: 0 }, false],
    [{ code: 99 }, false],
    [{ code: 105 }, false],
    [{ signal: 'SIGKILL' }, true],
  ])('%j is fine (stopped by us: %s)', (end, wasStopped) => {
    expect(engineEnd(end, [], wasStopped)).toEqual({ ok: true });
  });

  it.each([
    [{ code: 104 }, 'K6_INVALID_CONFIG'],
    [{ code: 107 }, 'K6_SCRIPT_ERROR'],
    [{ code: 108 }, 'K6_SCRIPT_ERROR'],
    [{ code: 1 }, 'K6_CRASHED'],
    [{ code: 2 }, 'K6_CRASHED'],
    [{ signal: 'SIGSEGV' }, 'K6_CRASHED'],
  ])('%j is %s', (end, code) => {
    expect(engineEnd(end, [], false)).toMatchObject({ ok: false, problem: { code } });
  });

  it('is a crash if somebody else killed it', () => {
    expect(engineEnd({ signal: 'SIGKILL' }, [], false).problem?.cause).toBe('k6 was ended by SIGKILL');
  });

  it('names the place in the script', () => {
    const said = 'error: ReferenceError: x is not defined\n\tat file:///suite/script.ts:2:11(11)';
    expect(engineEnd({ code: 107 }, [said], false).problem).toMatchObject({
      cause: expect.stringContaining('x is not defined'),
      file: '/suite/script.ts',
      line: 2,
    });
  });
});

describe('a line of k6', () => {
  const line = (record: object): string => JSON.stringify({ time: 'now', ...record });

  it('is for the ledger if the script marked it', () => {
    const msg = 'PEAKPROOF {"kind":"sale","atMs":1}';
    const expected = { kind: 'ledger', text: '{"kind":"sale","atMs":1}' };
    expect(readLogLine(line({ level: 'info', source: 'console', msg }))).toEqual(expected);
    expect(readLogLine(line({ level: 'info', msg })).kind).toBe('log');
  });

  it('keeps the cause of a warning', () => {
    const read = readLogLine(line({ level: 'warning', msg: 'Request Failed', error: 'refused' }));
    expect(read).toEqual({ kind: 'log', text: 'warning: Request Failed: refused', isError: false });
  });

  it('is an error if k6 says so, or if it is not of k6 at all', () => {
    expect(readLogLine(line({ level: 'error', msg: 'no' }))).toMatchObject({ isError: true });
    expect(readLogLine('panic: runtime error')).toEqual({
      kind: 'log',
      text: 'panic: runtime error',
      isError: true,
    });
    expect(readLogLine('3')).toMatchObject({ kind: 'log', text: '3' });
    expect(readLogLine('null')).toMatchObject({ kind: 'log', text: 'null' });
  });
});

describe('the environment of k6', () => {
  const job = {
    scriptFile: '/s.ts',
    planFile: '/plan.json',
    summaryFile: '/summary.json',
    collector: { port: 4318, token: 'abc' },
    headers: {},
    secrets: { KEY: 'x' },
    trace: false,
    onLedgerLine() {},
    onLogLine() {},
  };

  it('takes nothing from the shell that could change a run', () => {
    const shell = {
      PATH: '/bin',
      K6_VUS: '99',
      K6_OUT: 'cloud',
      HTTP_PROXY: 'http://proxy',
      HOME: '/home/me',
    };
    const environment = k6Environment(job, shell);
    expect(environment.PATH).toBe('/bin');
    for (const name of ['K6_VUS', 'K6_OUT', 'HTTP_PROXY', 'HOME', 'PEAKPROOF_TRACE']) {
      expect(environment).not.toHaveProperty(name);
    }
  });

  it('points at the collector with its token', () => {
    expect(k6Environment(job, {})).toMatchObject({
      K6_OTEL_HTTP_EXPORTER_ENDPOINT: '127.0.0.1:4318',
      K6_OTEL_HEADERS: 'authorization=Bearer abc',
      PEAKPROOF_SECRETS: '{"KEY":"x"}',
    });
  });
});
