import { describe, expect, it } from 'vitest';
import type { LoadPlan } from '../../../../profiles/types.ts';
import { Aggregate } from '../../../../runner/collect/aggregate.ts';
import type { RunEvent } from '../../../../runner/collect/events.ts';
import { wantedMetrics } from '../../../../runner/collect/metric-names.ts';
import { decodeMetrics, type Metric } from '../../../../runner/collect/otlp/decode.ts';
import { PointEncoder } from '../../../../runner/collect/point-frames.ts';
import type { Measurements, SecondCounts } from '../../../../slo/measurements.ts';
import { totalBetween, totalOf } from '../../../../slo/series.ts';
import { kioskPlan } from '../../../fixtures/kiosk/request.ts';
import { recordedExports, recordedStartMs, recordedSummary } from '../../../fixtures/otlp/recorded.ts';

const plan: LoadPlan = kioskPlan('http://127.0.0.1:1', 3);
const atSecond = (second: number): number => recordedStartMs + second * 1000;
const finished: RunEvent = { type: 'end', atMs: atSecond(4), end: 'finished' };

function measure(
  events: readonly RunEvent[],
  exports = recordedExports,
  summary = recordedSummary,
): Measurements {
  const aggregate = new Aggregate(plan);
  for (const event of events.slice(0, -1)) addEvent(aggregate, event);
  const encoder = new PointEncoder();
  for (const body of exports) {
    const payload = encoder.encode(decodeMetrics(body, wantedMetrics));
    aggregate.addFrame({ kind: 'points', payload });
  }
  for (const event of events.slice(-1)) addEvent(aggregate, event);
  return aggregate.finish({ summary });
}

function addEvent(aggregate: Aggregate, event: RunEvent): void {
  aggregate.addFrame({ kind: 'json', payload: Buffer.from(JSON.stringify(event)) });
}

const total = (columns: readonly SecondCounts[]): number =>
  columns.reduce((sum, series) => sum + totalOf(series), 0);
const answers = (rows: readonly { readonly histogram: { readonly count: number } }[]): number =>
  rows.reduce((sum, row) => sum + row.histogram.count, 0);

describe('the measurements of a recorded run', () => {
  const measurements = measure([finished]);

  it('agree with the totals that k6 states', () => {
    expect(measurements.partial).toEqual([]);
    expect(measurements.reconciliation.map((row) => [row.metric, row.arrived, row.summary])).toEqual([
      ['http_reqs', 160, 160],
      ['iterations', 160, 160],
      ['dropped_iterations', 52, 52],
      ['peakproof_requests', 160, 160],
      ['peakproof_journeys', 160, 160],
      ['http_req_duration', 160, 160],
    ]);
    expect(total(measurements.requests)).toBe(160);
    expect(total(measurements.drops)).toBe(52);
    expect(answers(measurements.latencyByRoute)).toBe(160);
    expect(answers(measurements.latencySlices)).toBe(160);
  });

  it('keep the phase that the script gave a request, and give one to what was dropped', () => {
    const inPhase = (columns: readonly (SecondCounts & { phase: string })[], phase: string): number =>
      total(columns.filter((series) => series.phase === phase));
    expect(inPhase(measurements.requests, 'warmup')).toBeGreaterThan(40);
    expect(inPhase(measurements.requests, 'hold')).toBeGreaterThan(90);
    expect(inPhase(measurements.drops, 'warmup') + inPhase(measurements.drops, 'hold')).toBe(52);
  });

  it('spread over the seconds of the plan', () => {
    expect(measurements.startedAtMs).toBe(recordedStartMs);
    expect(measurements.measuredSeconds).toBe(3);
    const perSecond = [0, 1, 2].map((second) =>
      measurements.requests.reduce((sum, series) => sum + totalBetween(series, second, second + 1), 0),
    );
    for (const count of perSecond) expect(count).toBeGreaterThan(30);
  });

  it('name the outcomes that the script declared', () => {
    const outcomes = new Set(measurements.requests.map((row) => row.outcome));
    expect(outcomes).toEqual(new Set(['50', '100', 'slow', 'error']));
  });

  it('are the same bytes again', () => {
    expect(JSON.stringify(measure([finished]))).toBe(JSON.stringify(measurements));
  });
});

describe('what the runner records', () => {
  const probe = (second: number): RunEvent => ({
    type: 'probes',
    atMs: atSecond(second),
    ...{ latenciesMs: [3], failures: [] },
  });

  it('waits for second 0, and leaves out what was before it or after the plan', () => {
    const { probes } = measure([
      { type: 'probe-schedule', services: ['kiosk'], offsetsMs: [0] },
      ...[probe(-1), probe(0.2), probe(2.9), probe(3.1), finished],
    ]);
    expect(probes.map(({ states }) => [...Array.from(states)])).toEqual([[1, 0, 1]]);
  });

  it('counts a probe in the second that it was sent in', () => {
    const { probes } = measure([
      { type: 'probe-schedule', services: ['kiosk', 'till'], offsetsMs: [0, 500] },
      { type: 'probes', atMs: atSecond(0.6), latenciesMs: [3, 3], failures: [] },
      finished,
    ]);
    expect(probes.map(({ states }) => [...Array.from(states)])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });

  it('counts why probes failed', () => {
    const round = (second: number, latenciesMs: (number | null)[], ...failed: number[]): RunEvent => ({
      type: 'probes',
      atMs: atSecond(second),
      latenciesMs,
      failures: failed.map((index) => ({ index, cause: 'answered 503' })),
    });
    const schedule: RunEvent = {
      type: 'probe-schedule',
      ...{ services: ['kiosk', 'till'], offsetsMs: [0, 500] },
    };
    const rounds = [schedule, round(0, [3, null], 1), round(1, [null, null], 0, 1), round(2, [3, 3])];
    expect(measure([...rounds, finished]).probes).toEqual([
      { service: 'kiosk', states: Uint8Array.of(1, 2, 1), causes: [{ cause: 'answered 503', count: 1 }] },
      { service: 'till', states: Uint8Array.of(2, 2, 1), causes: [{ cause: 'answered 503', count: 2 }] },
    ]);
  });

  it('takes what was read back of a ledger for figures about the whole run', () => {
    const none = { present: 0, altered: 0, absent: 0, unread: 0 };
    const acknowledged = { present: 5, altered: 0, absent: 2, unread: 1 };
    const span = {
      attempts: { acknowledged, rejected: none, unknown: none },
      ...{ lost: { firstSecond: 0.5, lastSecond: 2 }, unread: { firstSecond: 2.5, lastSecond: 2.5 } },
      ...{ duplicated: 0, copiesUnread: 0, examples: [] },
    };
    const result = {
      name: 'orders',
      write: 'kiosk.sell',
      settleSeconds: 5,
      spans: [span],
      illegible: 0,
      gaps: [],
    };
    const { ledgers, readings } = measure([{ type: 'ledger', atMs: atSecond(9), result }, finished]);
    expect(ledgers).toEqual([result]);
    expect(readings).toEqual([
      { second: 3, reading: 'orders-lost', value: 2, upTo: 3 },
      { second: 3, reading: 'orders-rpo-seconds', value: 1.5, upTo: 2 },
    ]);
  });

  it('holds a ledger against the answers that the generator counted', () => {
    const result = {
      name: 'papers',
      write: 'kiosk.buy',
      settleSeconds: 5,
      spans: [],
      illegible: 0,
      gaps: [],
    };
    const { ledgers, readings, requests } = measure([
      { type: 'ledger', atMs: atSecond(9), result },
      finished,
    ]);
    const good = total(requests.filter(({ outcome }) => outcome !== 'error'));
    expect(good).toBeGreaterThan(100);
    expect(ledgers[0]?.gaps).toEqual([
      { code: 'LEDGER_DAMAGED', cause: 'good answers of kiosk.buy that are not in the ledger', count: good },
    ]);
    expect(readings[0]).toEqual({ second: 3, reading: 'papers-lost', value: 0, upTo: good });
  });

  it('joins the generator figures of k6 and of the runner', () => {
    const health: RunEvent = {
      type: 'generator',
      atMs: atSecond(1),
      health: { runnerCores: 0.1, machineBusyShare: 0.4 },
    };
    const row = measure([health, finished]).generator.find(({ second }) => second === 1);
    expect(row).toMatchObject({ runnerCores: 0.1, machineBusyShare: 0.4, vusInUse: expect.any(Number) });
  });

  it('gives a reading the phase of its second, and a census none', () => {
    const reading = { type: 'reading', reading: 'age', value: 4 } as const;
    const { readings } = measure([
      { ...reading, atMs: atSecond(1.5), census: false },
      { ...reading, atMs: atSecond(9), census: true },
      finished,
    ]);
    expect(readings).toEqual([
      { second: 1, reading: 'age', value: 4, phase: 'hold' },
      { second: 3, reading: 'age', value: 4 },
    ]);
  });
});

describe('a run that is only a part', () => {
  it('was killed if its log has no end', () => {
    const { end, partial, measuredSeconds } = measure([], recordedExports.slice(0, 2), null);
    expect(end).toBe('killed');
    expect(measuredSeconds).toBe(1);
    expect(partial).toEqual(['the run was killed after 1 of 3 s']);
  });

  it('lacks an export that k6 sent', () => {
    const { partial } = measure([finished], recordedExports.slice(0, 3));
    expect(partial).toHaveLength(6);
    expect(partial[0]).toMatch(/^http_reqs: \d+ arrived of the 160 that k6 counted$/);
  });

  it('has no totals of k6 to be held against', () => {
    expect(measure([finished], recordedExports, null).partial).toEqual([
      'k6 left no totals to hold the measurements against',
    ]);
  });

  it('never began', () => {
    const aggregate = new Aggregate(plan);
    addEvent(aggregate, { type: 'probe-schedule', services: ['kiosk'], offsetsMs: [0] });
    addEvent(aggregate, { type: 'probes', atMs: 5, latenciesMs: [1], failures: [] });
    addEvent(aggregate, { type: 'end', atMs: 6, end: 'generator-failed' });
    const measurements = aggregate.finish({ summary: undefined });
    expect(measurements).toMatchObject({ measuredSeconds: 0, probes: [], end: 'generator-failed' });
    expect(measurements.partial[0]).toBe('the load generator failed after 0 of 3 s');
  });

  it('lost labels to the cardinality limit', () => {
    const aggregate = new Aggregate(plan);
    const overflow: Metric = {
      kind: 'sum',
      name: 'peakproof_requests',
      points: [{ attributes: { 'otel.metric.overflow': 'true' }, startMs: 0, endMs: atSecond(2), value: 9 }],
    };
    aggregate.addFrame({ kind: 'points', payload: new PointEncoder().encode([overflow]) });
    const { overflowPoints, requests, partial, reconciliation } = aggregate.finish({
      summary: { metrics: {} },
    });
    expect(overflowPoints).toBe(1);
    expect(requests).toEqual([]);
    expect(partial.join()).toContain('1 data points lost their labels');
    expect(reconciliation.find((row) => row.metric === 'peakproof_requests')?.arrived).toBe(9);
  });
});
