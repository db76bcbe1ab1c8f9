/** Outcome classes (slo/measurements.ts) as a reader meets them. */
import type { Outcome, RequestSeries } from '../../slo/measurements.ts';
import { totalOf } from '../../slo/series.ts';
import { count, milliseconds } from '../figures.ts';

export interface OutcomeCounts {
  readonly total: number;
  readonly errors: number;
  readonly fallbacks: number;
}

/** Sums requests by what became of them. */
export function countOutcomes(columns: readonly RequestSeries[]): OutcomeCounts {
  const counts = { total: 0, errors: 0, fallbacks: 0 };
  for (const series of columns) {
    const count = totalOf(series);
    counts.total += count;
    if (series.outcome === 'error') counts.errors += count;
    if (series.outcome === 'fallback') counts.fallbacks += count;
  }
  return counts;
}

/** "≤ 300 ms 1,204 · slow 12 · error 3", fastest class first. */
export function outcomeText(columns: readonly RequestSeries[]): string {
  const classes = new Map<Outcome, number>();
  for (const series of columns) {
    classes.set(series.outcome, (classes.get(series.outcome) ?? 0) + totalOf(series));
  }
  return [...classes]
    .sort(([a], [b]) => order(a) - order(b))
    .map(([outcome, total]) => `${label(outcome)} ${count(total)}`)
    .join(' · ');
}

const last = ['ok', 'slow', 'fallback', 'error'];

function order(outcome: Outcome): number {
  const limitMs = Number(outcome);
  return Number.isFinite(limitMs) ? limitMs : 1e9 + last.indexOf(outcome);
}

function label(outcome: Outcome): string {
  const limitMs = Number(outcome);
  return Number.isFinite(limitMs) ? `≤ ${milliseconds(limitMs)}` : outcome;
}
