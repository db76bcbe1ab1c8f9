import type { PlainSli, SeriesQuery } from '../types.ts';
import type { MetricSource } from './sources.ts';

type PrometheusSource = Extract<MetricSource, { type: 'Prometheus' }>;

/** A query to Prometheus as a measure. */
export function seriesOf({ type, dataSource }: PrometheusSource, query: SeriesQuery): PlainSli {
  const { name, url } = dataSource ?? {};
  const source = {
    type,
    ...(name === undefined ? {} : { dataSource: name }),
    ...(url === undefined ? {} : { url }),
  };
  return { measure: 'series', source, ...query };
}
