import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formats } from '../../../reports/formats.ts';
import type { EngineEnd } from '../../../runner/engines/engine.ts';
import { createK6Engine } from '../../../runner/engines/k6/k6.ts';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import { rehearse } from '../../../runner/rehearse.ts';
import { readHistory } from '../../../runner/store/history.ts';
import { resolveRun } from '../../../runner/store/latest.ts';
import { readReportAssets } from '../../../runner/store/report-assets.ts';
import type { BrokenStandIn } from '../../../runner/targets/running-target.ts';
import type { LiveSnapshot } from '../../../runner/types.ts';
import { verifyRun } from '../../../runner/verify.ts';
import { problem } from '../../../scenarios/problem.ts';
import { totalOf } from '../../../slo/series.ts';
import { type Kiosk, kioskPlan, kioskRequest, objective, openKiosk } from '../../fixtures/kiosk/request.ts';
import { writeSavedRun } from '../../fixtures/saved-run.ts';

let kiosk: Kiosk;
let runs: string;
let run: string;

beforeEach(async () => {
  kiosk = await openKiosk();
  runs = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  run = join(runs, 'run');
});
afterEach(async () => {
  await kiosk.close();
  rmSync(runs, { recursive: true });
});

const read = (name: string): string => readFileSync(join(run, name), 'utf8');

function renderedJson(path: string): string {
  const json = formats.find(({ id }) => id === 'json');
  return json?.render(evaluateRun(path).model, readReportAssets()) ?? '';
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a rehearsal with real k6', () => {
  it('leaves verdict and reports, which follow again from the folder, byte for byte', async () => {
    const snapshots: LiveSnapshot[] = [];
    const live = {
      note() {},
      snapshot: (snapshot: LiveSnapshot) => void snapshots.push(snapshot),
      close() {},
    };
    const result = await rehearse(await kioskRequest(kiosk, run, { live }));
    expect(result).toMatchObject({ exitCode: 0, problems: [], verdict: { answer: 'pass', partial: [] } });
    expect(renderedJson(run)).toBe(read('verdict.json'));
    for (const name of ['report.html', 'junit.xml', 'summary.md', 'summary.json', 'run.json']) {
      expect(existsSync(join(run, name)), name).toBe(true);
    }
    expect(resolveRun('latest', runs)).toBe(resolveRun(run));
    expect(verifyRun(run).checks.filter(({ state }) => state !== 'fine')).toEqual([]);
    expect(readFileSync(join(runs, 'history.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(1);
    expect(readHistory(runs).runs).toMatchObject([{ id: 'run', folder: 'run', outcome: 'pass' }]);
    expect(snapshots.at(-1)?.requests).toBeGreaterThan(0);
    const { measurements } = evaluateRun(run);
    expect(measurements.probes.length).toBeGreaterThan(0);
    expect(measurements.generator.some((row) => row.runnerCores !== undefined)).toBe(true);
  });

  it('shows the run before it, and shows it again from the folder alone', async () => {
    writeSavedRun(join(runs, 'before'));
    const result = await rehearse(await kioskRequest(kiosk, run));
    expect(result.model.history?.table.columns).toHaveLength(4);
    rmSync(join(runs, 'before'), { recursive: true });
    rmSync(join(runs, 'history.jsonl'));
    expect(evaluateRun(run).model.history).toEqual(result.model.history);
    expect(verifyRun(run).holds).toBe(true);
  });

  it('does not begin under an expired waiver', async () => {
    const source = { file: 'all.yaml', line: 7 };
    const waiver = {
      objective: 'kiosk-latency',
      owner: 'street',
      reason: 'rain',
      expires: '2020-01-01',
      source,
    };
    const request = await kioskRequest(kiosk, run);
    const expired = { ...request, policy: { ...request.policy, waivers: [waiver] } };
    await expect(rehearse(expired)).rejects.toThrow('WAIVER_EXPIRED');
    expect(kiosk.asked).toEqual([]);
    expect(existsSync(run)).toBe(false);
  });

  it('keeps secrets out of ledger and log, and both apart', async () => {
    await rehearse(await kioskRequest(kiosk, run));
    expect(JSON.parse(read('ledger.log'))).toMatchObject({ kind: 'sale', key: '***' });
    expect(read('k6.log')).toContain('the key is ***');
  });

  it('samples during the load and audits after it', async () => {
    const ledgers: unknown[] = [];
    const audit = {
      name: 'sales',
      run: async (input: { ledger: Iterable<unknown> }) => {
        ledgers.push(...input.ledger);
        return [{ reading: 'sales_lost', value: 0 }];
      },
    };
    const sampler = { reading: 'stock', route: 'kiosk.stock', field: 'stock', everySeconds: 1 };
    await rehearse(await kioskRequest(kiosk, run, { suite: { audits: [audit], samplers: [sampler] } }));
    const { readings } = evaluateRun(run).measurements;
    expect(ledgers).toMatchObject([{ kind: 'sale' }]);
    expect(readings.filter(({ reading }) => reading === 'stock').length).toBeGreaterThan(0);
    expect(readings.at(-1)).toEqual({ second: 3, reading: 'sales_lost', value: 0 });
  });

  it('stops gracefully when asked once, and judges the part', async () => {
    const stop = new AbortController();
    const plan = kioskPlan(kiosk.url, 60);
    const live = { note() {}, snapshot: () => stop.abort(), close() {} };
    const result = await rehearse(await kioskRequest(kiosk, run, { plan, live, stopSignal: stop.signal }));
    expect(result.exitCode).toBe(130);
    expect(result.verdict.partial).toEqual([
      expect.stringMatching(/^the run was interrupted after \d+ of 60 s$/),
    ]);
    expect(renderedJson(run)).toBe(read('verdict.json'));
  });

  it('ends at once when asked twice, and loses nothing that arrived', async () => {
    const [stop, kill] = [new AbortController(), new AbortController()];
    const live = {
      note() {},
      snapshot: () => {
        stop.abort();
        kill.abort();
      },
      close() {},
    };
    const signals = { stopSignal: stop.signal, killSignal: kill.signal };
    const plan = kioskPlan(kiosk.url, 60);
    const result = await rehearse(await kioskRequest(kiosk, run, { plan, live, ...signals }));
    expect(result.exitCode).toBe(130);
    expect(evaluateRun(run).measurements.requests.length).toBeGreaterThan(0);
    expect(renderedJson(run)).toBe(read('verdict.json'));
  });

  it('ends after the first phase that fails, if its profile asks for that', async () => {
    await kiosk.close();
    const plan = { ...kioskPlan(kiosk.url, 60), stopAtFailure: true };
    const [warmup, hold] = plan.phases;
    if (!warmup || !hold) throw new Error('the plan has two phases');
    const phases = [warmup, { ...hold, endSecond: 3 }, { ...hold, name: 'later', startSecond: 3 }];
    const result = await rehearse(await kioskRequest(kiosk, run, { plan: { ...plan, phases } }));
    expect(result).toMatchObject({ exitCode: 99, problems: [], verdict: { partial: [] } });
    expect(evaluateRun(run).measurements.end).toBe('stopped-at-failure');
    kiosk = await openKiosk();
  });

  it('ends at the first certain failure, if asked to', async () => {
    await kiosk.close();
    const plan = { ...kioskPlan(kiosk.url, 90), early: { whenDecided: false, atFailure: true } };
    const request = await kioskRequest(kiosk, run, { plan });
    const strict = { ...request.suite, objectives: [{ ...objective, target: 0.999 }] };
    const result = await rehearse({ ...request, suite: strict });
    expect(result).toMatchObject({ exitCode: 99, problems: [], verdict: { partial: [] } });
    const { measurements } = evaluateRun(run);
    expect(measurements.end).toBe('stopped-at-failure');
    expect(measurements.measuredSeconds).toBeLessThan(60);
    expect(renderedJson(run)).toBe(read('verdict.json'));
    kiosk = await openKiosk();
  });

  it('ends with a stand-in that ended, whose last words it keeps', async () => {
    const plan = kioskPlan(kiosk.url, 60);
    let breaks: (broken: BrokenStandIn) => void = () => {};
    const broken = new Promise<BrokenStandIn>((resolve) => {
      breaks = resolve;
    });
    const end = { problem: problem('SANDBOX_ENDED', 'open-sesame, it ended'), log: 'my key was open-sesame' };
    const live = { note() {}, snapshot: () => breaks(end), close() {} };
    const request = await kioskRequest(kiosk, run, { plan, live });
    const result = await rehearse({ ...request, target: { ...request.target, broken } });
    expect(result).toMatchObject({
      exitCode: 1,
      problems: [{ code: 'SANDBOX_ENDED', cause: '***, it ended' }],
    });
    expect(result.verdict.partial).toEqual([
      expect.stringMatching(/^the run was aborted after \d+ of 60 s$/),
      '***, it ended',
    ]);
    expect(read('sandbox.log')).toBe('my key was ***\n');
  });

  it('is partial where a scenario threw', async () => {
    const result = await rehearse(await kioskRequest(kiosk, run, { trace: true }));
    expect(result.verdict.partial.join(' ')).toMatch(/script threw \d+ times, first in .*buy: traced/);
  });

  it('names the line of a script that throws', async () => {
    const result = await rehearse(
      await kioskRequest(kiosk, run, { suite: { script: 'scenarios/broken.ts' } }),
    );
    expect(result.exitCode).toBe(2);
    expect(result.problems).toMatchObject([
      { code: 'K6_SCRIPT_ERROR', file: expect.stringContaining('broken.ts'), line: 4 },
    ]);
    expect(result.verdict).toMatchObject({ answer: 'inconclusive' });
    expect(read('k6.log')).toContain('noSuchThing');
  });

  it('sends nothing to a host that is not allowed', async () => {
    const request = await kioskRequest(kiosk, run);
    await expect(rehearse({ ...request, target: { ...request.target, allow: [] } })).rejects.toThrow(
      'HOST_NOT_ALLOWED',
    );
    expect(kiosk.asked).toEqual([]);
    expect(existsSync(run)).toBe(false);
  });

  it('says what a k6 is that cannot be started', async () => {
    const request = await kioskRequest(kiosk, run, {
      engine: createK6Engine({ path: '/no/such/k6', version: '' }),
    });
    await expect(rehearse(request)).rejects.toThrow('K6_CRASHED: cannot start /no/such/k6');
  });
});

describe('a rehearsal whose runner was killed', () => {
  it('leaves no k6 behind, and a folder that is judged up to the last second', async () => {
    const runner = fork(
      fileURLToPath(new URL('../../fixtures/kiosk/runner.ts', import.meta.url)),
      [kiosk.url, run],
      {
        execArgv: ['--import', import.meta.resolve('jiti/register')],
      },
    );
    const [pid] = (await once(runner, 'message')) as [number];
    await vi.waitFor(() => expect(statSync(join(run, 'measurements.log')).size).toBeGreaterThan(2_500), {
      timeout: 20_000,
    });
    expect(isAlive(pid)).toBe(true);
    runner.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 100 });

    const killed = evaluateRun(run);
    expect(killed.measurements.end).toBe('killed');
    expect(killed.verdict.partial[0]).toMatch(/^the run was killed after [1-9]\d* of 60 s$/);
    const requests = killed.measurements.requests.reduce((sum, series) => sum + totalOf(series), 0);
    expect(requests).toBeGreaterThan(0);

    const log = join(run, 'measurements.log');
    truncateSync(log, statSync(log).size - 1);
    const cut = evaluateRun(run);
    expect(cut.verdict.partial[1]).toMatch(
      /^measurements.log was cut off: only its first \d+ of \d+ bytes count$/,
    );
  });
});

describe('a generator that never connects', () => {
  const engineThat = (finished: Promise<EngineEnd>, kill: () => void) => ({
    name: 'mute',
    version: '1',
    bundle: async () => undefined,
    start: async () => ({ pid: 0, usage: () => undefined, stop: kill, kill, finished }),
  });

  it('is a failure though it ends well', async () => {
    const engine = engineThat(Promise.resolve({ ok: true }), () => {});
    const result = await rehearse(await kioskRequest(kiosk, run, { engine }));
    expect(result).toMatchObject({ exitCode: 1, problems: [{ code: 'K6_NEVER_CONNECTED' }] });
    expect(result.verdict.answer).toBe('inconclusive');
  });

  it('is ended after 15 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let end: (end: EngineEnd) => void = () => {};
      const finished = new Promise<EngineEnd>((resolve) => {
        end = resolve;
      });
      const engine = engineThat(finished, () => end({ ok: true }));
      const pending = rehearse(await kioskRequest(kiosk, run, { engine }));
      await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(3));
      await vi.advanceTimersByTimeAsync(15_000);
      expect((await pending).problems).toMatchObject([{ code: 'K6_NEVER_CONNECTED' }]);
    } finally {
      vi.useRealTimers();
    }
  });
});
