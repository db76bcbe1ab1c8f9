import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { formats } from '../../../reports/formats.ts';
import { compareSaved } from '../../../runner/cli/compare-runs.ts';
import { checkBaseline, readComparedRun } from '../../../runner/compare.ts';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import { rehearseInTurns } from '../../../runner/interleave.ts';
import { rehearse } from '../../../runner/rehearse.ts';
import { findRun } from '../../../runner/store/find-run.ts';
import { readReportAssets } from '../../../runner/store/report-assets.ts';
import { usualLeastEffect } from '../../../slo/compare/types.ts';
import { type Kiosk, kioskPlan, kioskRequest, openKiosk } from '../../fixtures/kiosk/request.ts';

let kiosk: Kiosk;
let runs: string;

beforeEach(async () => {
  kiosk = await openKiosk();
  runs = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
});
afterEach(async () => {
  await kiosk.close();
  rmSync(runs, { recursive: true });
});

const path = (run: string, file = ''): string => join(runs, run, file);
const json = (run: string, file: string) => JSON.parse(readFileSync(path(run, file), 'utf8'));

it('a run is compared with its baseline, and tells the same again from its folder', async () => {
  await rehearse(await kioskRequest(kiosk, path('first'), { tag: 'release-41' }));
  const base = readComparedRun(findRun('release-41', runs));
  const baseline = { run: base, leastEffect: usualLeastEffect };
  const { model } = await rehearse(await kioskRequest(kiosk, path('second'), { baseline }));
  expect(model.comparison?.title).toBe('second against release-41 (first)');
  expect(json('second', 'comparison.json')).toMatchObject({ version: 1, baseline: 'release-41 (first)' });
  expect(json('second', 'verdict.json').comparison.outcome).toBe('nothing');
  for (const { fileName, render } of formats) {
    if (fileName === undefined) continue;
    const again = render(evaluateRun(path('second')).model, readReportAssets());
    expect(again, fileName).toBe(readFileSync(path('second', fileName), 'utf8'));
  }
}, 60_000);

it('a baseline that asked something else is refused', async () => {
  await rehearse(await kioskRequest(kiosk, path('first')));
  const base = readComparedRun(path('first'));
  expect(() => checkBaseline(base, base.plan)).not.toThrow();
  expect(() => checkBaseline(base, kioskPlan(kiosk.url, 4))).toThrow('RUNS_NOT_COMPARABLE');
}, 60_000);

it('the command compares two folders, writes what --out asks for and answers 3 where nothing can be said', async () => {
  await rehearse(await kioskRequest(kiosk, path('a')));
  await rehearse(await kioskRequest(kiosk, path('b')));
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    // A busy machine may have saturated the generator of so short a run; that is not what is tested here.
    const options = { json: true, force: true };
    expect(await compareSaved(path('a'), path('b'), { ...options, out: path('page.html') })).toBe(3);
    expect(JSON.parse(String(printed.mock.calls[0]?.[0]))).toMatchObject({ baseline: 'a', candidate: 'b' });
    expect(readFileSync(path('page.html'), 'utf8')).toContain('<!doctype html>');
    await compareSaved(path('a'), path('b'), { ...options, out: path('text.md') });
    expect(readFileSync(path('text.md'), 'utf8')).toContain('b against a');
    await expect(compareSaved(path('a'), path('missing'), options)).rejects.toThrow('RUN_NOT_FOUND');
  } finally {
    printed.mockRestore();
    told.mockRestore();
  }
}, 60_000);

it('two systems take turns: each is asked in its own, and each has a run folder', async () => {
  const other = await openKiosk();
  try {
    const request = await kioskRequest(kiosk, path('turns'), { plan: kioskPlan(kiosk.url, 14) });
    const environment = { ...request.plan.environment, baseUrls: { kiosk: other.url } };
    const target = { ...request.target, environment, allow: [other.host] };
    const result = await rehearseInTurns(request, { target, leastEffect: usualLeastEffect });
    expect(result.problems).toEqual([]);
    expect(result.model.comparison?.title).toBe('turns against turns-baseline');
    expect(existsSync(path('turns-baseline', 'verdict.json'))).toBe(true);
    const busy = (run: string) => {
      const counts = new Map<number, number>();
      for (const { from, counts: column } of readComparedRun(path(run)).measurements.requests) {
        for (const [i, count] of [...Array.from(column)].entries()) {
          counts.set(from + i, (counts.get(from + i) ?? 0) + count);
        }
      }
      return [...counts].filter(([, count]) => count > 25).map(([second]) => second);
    };
    // Turns are 1 to 7 and 7 to 13; an export may count a sample in the second after its own.
    expect(busy('turns-baseline')).toEqual(expect.arrayContaining([2, 3, 4, 5]));
    expect(busy('turns-baseline').filter((second) => second > 7)).toEqual([]);
    expect(busy('turns')).toEqual(expect.arrayContaining([8, 9, 10, 11]));
    expect(busy('turns').filter((second) => second > 1 && second < 7)).toEqual([]);
  } finally {
    await other.close();
  }
}, 60_000);
