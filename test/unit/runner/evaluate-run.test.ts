/** Waivers when a run is judged again: its own policy at the time of the run, another one now. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderVerdictJson } from '../../../reports/formats/verdict-json.ts';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import type { Policy } from '../../../slo/types.ts';
import { policy } from '../../fixtures/kiosk/request.ts';
import { writeSavedRun } from '../../fixtures/saved-run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const waivers: NonNullable<Policy['waivers']> = [
  {
    objective: 'kiosk-latency',
    owner: 'street',
    reason: 'it rains',
    expires: '2026-11-30',
    source: { file: 'all.yaml', line: 7 },
  },
];
const during = Date.parse('2026-11-30T12:00:00Z');
const after = Date.parse('2026-12-01T00:00:00Z');
const write = (changes: { waivers?: typeof waivers }) =>
  writeSavedRun(join(folder, 'run'), { manifest: { createdAtMs: during }, policy: changes });

it('a run under its own policy is judged as of its time, bit for bit, however late', () => {
  const run = write({ waivers });
  const { model, decision } = evaluateRun(run);
  expect(decision.waived).toMatchObject([{ objective: 'kiosk-latency', owner: 'street' }]);
  expect(decision.outcome).toBe('hold');
  expect(renderVerdictJson(model)).toBe(readFileSync(join(run, 'verdict.json'), 'utf8'));
});

it('under another policy the present counts', () => {
  const run = write({});
  const other = { ...policy, name: 'later', waivers };
  expect(evaluateRun(run).decision.outcome).toBe('hold');
  expect(evaluateRun(run, { policy: other, nowMs: during }).decision.waived).toHaveLength(1);
  expect(() => evaluateRun(run, { policy: other, nowMs: after })).toThrow('WAIVER_EXPIRED');
});

it('names the policy that decided in its evidence', () => {
  const run = write({});
  const other = { ...policy, name: 'later' };
  const hashOf = (model: ReturnType<typeof evaluateRun>['model']) => model.document.evidence.sha256.policy;
  const own = hashOf(evaluateRun(run).model);
  expect(hashOf(evaluateRun(run, { policy: other, nowMs: 0 }).model)).not.toBe(own);
  expect(hashOf(evaluateRun(run, { policy: { ...policy }, nowMs: 0 }).model)).toBe(own);
});

it('names everything that the verdict was made from', () => {
  const { evidence } = evaluateRun(write({})).model.document;
  expect(Object.keys(evidence.sha256).sort()).toEqual([
    'history',
    'measurements',
    'objectives',
    'plan',
    'policy',
    'run',
    'scenarios',
    'suite',
    'summary',
  ]);
  const log = readFileSync(join(folder, 'run', 'measurements.log'));
  expect(evidence.sha256.measurements).toBe(createHash('sha256').update(log).digest('hex'));
});
