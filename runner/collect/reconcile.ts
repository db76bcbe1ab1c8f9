/** Holds what arrived against the generator's own end-of-test totals: a dead collector does not stop k6. */
import type { Reconciliation } from '../../slo/measurements.ts';
import { metricNames } from './metric-names.ts';

const counters = [
  metricNames.httpRequests,
  metricNames.iterations,
  metricNames.dropped,
  metricNames.requests,
  metricNames.journeys,
] as const;

/** `metrics` of k6's summary data: counters have `values.count`; a metric without a sample is absent. */
interface Summary {
  readonly metrics?: Readonly<Record<string, { readonly values?: Readonly<Record<string, number>> }>>;
}

/**
 * One row per metric that matters. Undefined if the summary is not one.
 * Every HTTP request has one duration, so the durations are held against the number of requests.
 */
export function reconcile(
  arrived: ReadonlyMap<string, number>,
  summary: unknown,
): Reconciliation[] | undefined {
  const metrics = (summary as Summary | undefined)?.metrics;
  if (typeof metrics !== 'object' || metrics === null) return undefined;
  const count = (metric: string): number => metrics[metric]?.values?.count ?? 0;
  const row = (metric: string, stated: number): Reconciliation => ({
    metric,
    arrived: arrived.get(metric) ?? 0,
    summary: stated,
  });
  return [
    ...counters.map((metric) => row(metric, count(metric))),
    row(metricNames.httpDuration, count(metricNames.httpRequests)),
  ];
}

export function differences(rows: readonly Reconciliation[]): string[] {
  return rows
    .filter((row) => row.arrived !== row.summary)
    .map((row) => `${row.metric}: ${row.arrived} arrived of the ${row.summary} that k6 counted`);
}
