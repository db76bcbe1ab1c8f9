import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showBudget } from '../../../../runner/cli/history-budget.ts';
import { importFrom } from '../../../../runner/cli/history-import.ts';
import { showHistory } from '../../../../runner/cli/history-list.ts';
import type { BudgetOptions, HistoryOptions } from '../../../../runner/cli/options.ts';
import { verify } from '../../../../runner/cli/verify-run.ts';
import { writeSavedRun } from '../../../fixtures/saved-run.ts';

let runs: string;
let out: string;
let err: string;

beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
  const at = (name: string, day: number, source: object) =>
    writeSavedRun(join(runs, name), { manifest: { createdAtMs: Date.UTC(2026, 10, day), source } });
  at('one', 1, { branch: 'main', commit: 'abcdef0123' });
  at('two', 2, { branch: 'feature' });
  at('three', 3, { branch: 'main' });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(runs, { recursive: true });
});

const list = (options: Partial<HistoryOptions>) => showHistory({ runs, limit: '20', ...options });
const budget = (options: Partial<BudgetOptions>) => showBudget({ runs, days: '30', ...options });
const listed = () =>
  out
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(/\s+/).at(-1));

describe('peakproof history', () => {
  it('lists runs with everything that tells them apart, the newest last', async () => {
    expect(await list({})).toBe(0);
    const [title, first] = out.split('\n');
    expect(title).toMatch(
      /^time \(UTC\) +profile +target +branch +commit +decision +held +p99 at peak +promises +run$/,
    );
    expect(first).toMatch(
      /^2026-11-01 00:00 +short +street +main +abcdef0 +HOLD +– of 1x +\d+ ms +1 not proven +one$/,
    );
    expect(listed()).toEqual(['one', 'two', 'three']);
  });

  it.each([
    [{ branch: 'main' }, ['one', 'three']],
    [{ limit: '2' }, ['two', 'three']],
    [{ profile: 'short', target: 'street', service: 'kiosk' }, ['one', 'two', 'three']],
  ])('selects by %j', async (options, expected) => {
    await list(options);
    expect(listed()).toEqual(expected);
  });

  it.each([{ profile: 'long' }, { target: 'moon' }, { service: 'payment' }, { branch: 'x' }])(
    'finds none for %j',
    async (options) => {
      await list(options);
      expect(out).toBe('No runs.\n');
    },
  );

  it('gives programs all of it', async () => {
    await list({ json: true, branch: 'feature' });
    expect(JSON.parse(out)).toMatchObject({ damagedLines: 0, unreadable: [], runs: [{ id: 'two' }] });
  });

  it('says beside the results what it could not read', async () => {
    writeFileSync(join(runs, 'two', 'verdict.json'), '7');
    await list({});
    expect(listed()).toEqual(['one', 'three']);
    expect(err).toContain('not listed: two: its verdict.json is not as this version writes it');
  });
});

describe('a trend', () => {
  it('of an objective has its shares and its budget', async () => {
    await list({ objective: 'kiosk-latency' });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^kiosk-latency {2}▄▄▄ {2}share of good events/);
    expect(lines[3]).toMatch(
      /main +abcdef0 +\? not proven +[\d.]+ % of \d+, 90 % promised +[\d.]+ (%|times) +one$/,
    );
    expect(lines).toHaveLength(7);
  });

  it('of a promise has its figure', async () => {
    await list({ objective: 'queue', json: true });
    const { points } = JSON.parse(out);
    expect(points).toHaveLength(3);
    expect(points[0]).toMatchObject({
      run: 'one',
      standing: 'inconclusive',
      figure: expect.stringMatching(/%$/),
    });
  });

  it('of something unknown is an error with a suggestion', async () => {
    await expect(list({ objective: 'kiosk-latncy' })).rejects.toThrow(
      'no run of the history judged "kiosk-latncy"',
    );
  });
});

describe('peakproof history budget', () => {
  it('sums up a month, and says how little of it is covered', async () => {
    await budget({ month: '2026-11', json: true });
    const [system] = JSON.parse(out).systems;
    expect(system).toMatchObject({ system: 'kiosk on street', runs: 3, coveredSeconds: 9 });
    const one = readFileSync(join(runs, 'one', 'verdict.json'), 'utf8');
    const { total, bad } = JSON.parse(one).objectives[0];
    expect(system.objectives).toMatchObject([
      { objective: 'kiosk-latency', runs: 3, total: 3 * total, bad: 3 * bad },
    ]);
    out = '';
    await budget({ month: '2026-11' });
    expect(out).toContain('Only rehearsed time is covered: 3 runs, 9 s of 720 hours.');
  });

  it('has nothing to say of a month without runs', async () => {
    await budget({ month: '2026-10' });
    expect(out).toBe('No runs from 2026-10-01 00:00 to 2026-11-01 00:00 UTC.\n');
  });
});

it('peakproof history import tells what it did', async () => {
  const artifacts = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  try {
    const run = writeSavedRun(join(artifacts, 'nightly'));
    await importFrom([artifacts], { runs });
    expect(out).toContain(`copied ${run} to ${runs}/nightly`);
    expect(out).toContain('4 runs in the history');
  } finally {
    rmSync(artifacts, { recursive: true });
  }
});

describe('peakproof verify', () => {
  it('ends with 0 and writes the statement of a run that holds', async () => {
    const file = join(runs, 'statement.json');
    expect(await verify(join(runs, 'one'), { statement: file })).toBe(0);
    expect(out).toContain('✓ fine  report.html, from the measurements');
    const { subject, predicate } = JSON.parse(readFileSync(file, 'utf8'));
    expect(subject.map(({ name }: { name: string }) => name)).toEqual([
      'source',
      'report.html',
      'junit.xml',
      'summary.md',
      'verdict.json',
      'measurements.log',
    ]);
    expect(predicate).toMatchObject({ result: 'FAILED', failedTests: ['kiosk-latency'] });
  });

  it('ends with 2, and writes no statement, where something is wrong', async () => {
    writeFileSync(join(runs, 'one', 'summary.md'), 'all is well');
    const statement = join(runs, 'statement.json');
    expect(await verify(join(runs, 'one'), { statement, json: true })).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ holds: false });
    expect(() => readFileSync(statement)).toThrow('ENOENT');
  });
});
