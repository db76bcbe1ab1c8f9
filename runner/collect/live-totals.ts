import type { Histogram } from '../../slo/measurements.ts';
import { metricNames } from './metric-names.ts';
import type { Metric, NumberPoint } from './otlp/decode.ts';

/** Running totals for the eye: what a person watching the run wants to know. No verdict rests on them. */
export class LiveTotals {
  requests = 0;
  errors = 0;
  dropped = 0;
  vus = 0;
  /** Of the last export alone, which covers about a second. */
  latestRequests = 0;
  latestLatencies: readonly Histogram[] = [];

  add(metrics: readonly Metric[]): void {
    const requests = numbers(metrics, metricNames.requests);
    this.latestRequests = total(requests);
    this.requests += this.latestRequests;
    this.errors += total(requests.filter((point) => point.attributes.outcome === 'error'));
    this.dropped += total(numbers(metrics, metricNames.dropped));
    this.vus = numbers(metrics, metricNames.vus).at(-1)?.value ?? this.vus;
    this.latestLatencies = metrics.flatMap((metric) =>
      metric.kind === 'histogram' && metric.name === metricNames.httpDuration
        ? metric.points.map((point) => point.histogram)
        : [],
    );
  }
}

function numbers(metrics: readonly Metric[], name: string): readonly NumberPoint[] {
  return metrics.flatMap((metric) =>
    metric.kind !== 'histogram' && metric.name === name ? metric.points : [],
  );
}

function total(points: readonly NumberPoint[]): number {
  return points.reduce((sum, point) => sum + point.value, 0);
}
