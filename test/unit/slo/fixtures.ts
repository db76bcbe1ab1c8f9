/** Small values that the tests of slo/ share. */
import type { Histogram } from '../../../slo/measurements.ts';

/** Counts values into an exponential histogram, as the OpenTelemetry SDK does. */
export function histogramOf(values: readonly number[], scale: number): Histogram {
  const indexes = values
    .filter((value) => value > 0)
    .map((value) => Math.ceil(Math.log2(value) * 2 ** scale) - 1);
  const offset = indexes.length === 0 ? 0 : Math.min(...indexes);
  const length = indexes.length === 0 ? 0 : Math.max(...indexes) - offset + 1;
  const buckets = new Array<number>(length).fill(0);
  for (const index of indexes) buckets[index - offset] = (buckets[index - offset] ?? 0) + 1;
  return {
    scale,
    count: values.length,
    zeroCount: values.length - indexes.length,
    sum: values.reduce((total, value) => total + value, 0),
    min: values.length === 0 ? 0 : Math.min(...values),
    max: values.length === 0 ? 0 : Math.max(...values),
    offset,
    buckets,
  };
}
