/** The run over time: what was planned, what was achieved, how it was answered; charts in words, and tables. */
import type { Phase } from '../../profiles/types.ts';
import type { Measurements } from '../../slo/measurements.ts';
import { totalOf } from '../../slo/series.ts';
import { achievedShare, clockTime, count, counted, decimal, milliseconds, multiple } from '../figures.ts';
import type { Cell, ChartText, Table, TimelinePoint, TimelineView } from '../types.ts';
import { faultBands } from './drills.ts';
import type { PresentInput } from './input.ts';
import { latenciesIn, type Quantiles, quantilesOf } from './latency.ts';
import { countOutcomes } from './outcomes.ts';
import { downsample, phaseNameAt, plannedRequests, pointsBySlice } from './seconds.ts';
import { cell, columns } from './table.ts';

export function presentTimeline(input: PresentInput): TimelineView {
  const slices = pointsBySlice(input.plan, input.measurements);
  const { points, slicesPerPoint } = downsample(slices);
  const { phases } = input.plan;
  return {
    points,
    bands: phases.map(({ name, startSecond, endSecond }) => ({
      name,
      fromSecond: startSecond,
      toSecond: endSecond,
    })),
    faults: faultBands(input),
    endSecond: Math.ceil(input.measurements.measuredSeconds),
    load: loadText(slices, input.measurements.sliceSeconds),
    latency: latencyText(slices, phases),
    errors: errorText(slices, phases),
    aggregation: aggregationText(slicesPerPoint, input.measurements.sliceSeconds),
    byPhase: phaseTable(input),
    bySecond: secondTable(points, phases),
  };
}

function aggregationText(slicesPerPoint: number, sliceSeconds: number): string {
  const seconds = slicesPerPoint * sliceSeconds;
  if (seconds === 1) return '';
  const worst = sliceSeconds === 1 ? 'second' : `${sliceSeconds} s`;
  return `One point is ${seconds} seconds: rates are means, counts are sums, latency is that of the worst ${worst}.`;
}

function loadText(slices: readonly TimelinePoint[], sliceSeconds: number): ChartText {
  const planned = slices.reduce((sum, point) => sum + point.plannedPerSecond * sliceSeconds, 0);
  const achieved = slices.reduce((sum, point) => sum + point.achievedPerSecond * sliceSeconds, 0);
  const highest = Math.max(0, ...slices.map((point) => point.multiplier));
  const rate = Math.max(0, ...slices.map((point) => point.achievedPerSecond));
  const busiest =
    sliceSeconds === 1 ? 'the busiest second saw' : `the busiest ${sliceSeconds} s saw, each second,`;
  const share = planned > 0 ? `, ${achievedShare(achieved / planned)} of the ${count(planned)} planned` : '';
  return {
    title: 'Load: planned and achieved requests per second',
    summary: `Load rose to ${multiple(highest)} of normal. ${count(achieved)} requests were sent${share}; ${busiest} ${count(rate)}.`,
  };
}

function latencyText(seconds: readonly TimelinePoint[], phases: readonly Phase[]): ChartText {
  const title = 'Latency: p50, p95 and p99 of each second, on a logarithmic scale';
  const worst = worstBy(seconds, (point) => point.p99Ms);
  if (worst === undefined) return { title, summary: 'No response was timed.' };
  const p50 = Math.max(...seconds.map((point) => point.p50Ms ?? 0));
  return {
    title,
    summary: `The slowest second had a p99 of ${milliseconds(worst.p99Ms ?? 0)}, ${where(worst, phases)}. The median never rose above ${milliseconds(p50)}.`,
  };
}

function errorText(seconds: readonly TimelinePoint[], phases: readonly Phase[]): ChartText {
  const title = 'Errors: failed, answered by a fall-back, never sent';
  const total = (key: 'errors' | 'fallbacks' | 'dropped') =>
    seconds.reduce((sum, point) => sum + point[key], 0);
  const bad = (point: TimelinePoint) => point.errors + point.fallbacks + point.dropped;
  const worst = worstBy(seconds, bad);
  const summary = `${counted(total('errors'), 'error')}, ${counted(total('fallbacks'), 'fall-back answer')}, ${counted(total('dropped'), 'iteration')} dropped.`;
  if (worst === undefined || bad(worst) === 0) return { title, summary };
  return { title, summary: `${summary} Most in one second: ${count(bad(worst))}, ${where(worst, phases)}.` };
}

function where(point: TimelinePoint, phases: readonly Phase[]): string {
  return `at ${clockTime(point.second)} in phase ${phaseNameAt(phases, point.second)}`;
}

function worstBy(
  points: readonly TimelinePoint[],
  badness: (point: TimelinePoint) => number | undefined,
): TimelinePoint | undefined {
  let worst: TimelinePoint | undefined;
  for (const point of points) {
    const value = badness(point);
    if (value === undefined) continue;
    if (worst === undefined || value > (badness(worst) ?? Number.NEGATIVE_INFINITY)) worst = point;
  }
  return worst;
}

function phaseTable(input: PresentInput): Table {
  return {
    caption: 'Phase by phase',
    columns: columns(
      'Phase',
      'Time',
      'Load',
      'Planned/s#',
      'Achieved/s#',
      'p50#',
      'p95#',
      'p99#',
      'Errors#',
      'Dropped#',
    ),
    rows: input.plan.phases.map((phase) => phaseRow(input, phase)),
  };
}

function phaseRow({ plan, measurements }: PresentInput, phase: Phase): Cell[] {
  const planned = plannedRequests(plan, phase.startSecond, phase.endSecond);
  const seconds = Math.min(phase.endSecond, measurements.measuredSeconds) - phase.startSecond;
  return [
    cell(phase.name, phase.role === 'judged' ? '' : 'measured, not judged'),
    cell(`${clockTime(phase.startSecond)}\u00a0–\u00a0${clockTime(phase.endSecond)}`),
    cell(loadOf(phase)),
    cell(decimal(planned / (phase.endSecond - phase.startSecond))),
    ...(seconds > 0 ? measuredCells(measurements, phase, seconds) : notReached),
  ];
}

const notReached: readonly Cell[] = Array.from({ length: 6 }, () => cell('–'));

function measuredCells(measurements: Measurements, phase: Phase, seconds: number): Cell[] {
  // As tagged where they were sent: a stretched phase begins and ends between whole seconds.
  const inPhase = (series: { readonly phase: string }) => series.phase === phase.name;
  const requests = countOutcomes(measurements.requests.filter(inPhase));
  const dropped = measurements.drops.filter(inPhase).reduce((sum, series) => sum + totalOf(series), 0);
  return [
    cell(decimal(requests.total / seconds)),
    ...latencyCells(quantilesOf(latenciesIn(phase, measurements))),
    cell(count(requests.errors)),
    cell(count(dropped)),
  ];
}

function latencyCells({ p50Ms, p95Ms, p99Ms }: Partial<Quantiles> = {}): Cell[] {
  return [p50Ms, p95Ms, p99Ms].map((ms) => cell(ms === undefined ? '–' : milliseconds(ms)));
}

function loadOf(phase: Phase): string {
  const [from, to] = [multiple(phase.fromMultiplier), multiple(phase.toMultiplier)];
  return from === to ? to : `${from}\u00a0→\u00a0${to}`;
}

function secondTable(points: readonly TimelinePoint[], phases: readonly Phase[]): Table {
  return {
    caption: 'The figures behind the charts',
    columns: columns(
      'Time',
      'Phase',
      'Load',
      'Planned/s#',
      'Achieved/s#',
      'p50#',
      'p95#',
      'p99#',
      'Errors#',
      'Fall-backs#',
      'Dropped#',
    ),
    rows: points.map((point) => [
      cell(clockTime(point.second)),
      cell(phaseNameAt(phases, point.second)),
      cell(multiple(point.multiplier)),
      cell(decimal(point.plannedPerSecond)),
      cell(decimal(point.achievedPerSecond)),
      ...latencyCells(point),
      cell(count(point.errors)),
      cell(count(point.fallbacks)),
      cell(count(point.dropped)),
    ]),
  };
}
