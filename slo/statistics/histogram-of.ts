import type { Histogram } from '../measurements.ts';

/**
 * Values ≥ 0 as a histogram of a scale (see histogram.ts). Zero and what is too small to tell from it are counted
 * apart, as in OTLP.
 */
export function histogramOf(values: readonly number[], scale: number): Histogram {
  const indices = values.filter((value) => value > zeroThreshold).map((value) => bucketIndex(value, scale));
  const offset = indices.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = indices.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const buckets = new Array<number>(indices.length === 0 ? 0 : last - offset + 1).fill(0);
  for (const index of indices) buckets[index - offset] = (buckets[index - offset] ?? 0) + 1;
  return {
    scale,
    count: values.length,
    zeroCount: values.length - indices.length,
    sum: values.reduce((a, b) => a + b, 0),
    min: values.length === 0 ? 0 : values.reduce((a, b) => Math.min(a, b)),
    max: values.length === 0 ? 0 : values.reduce((a, b) => Math.max(a, b)),
    offset: indices.length === 0 ? 0 : offset,
    buckets,
  };
}

/** Keeps a layout shift of 0.00001 from needing hundreds of buckets. */
const zeroThreshold = 1e-4;

/** Bucket i holds (base^i, base^(i+1)]: the upper edge belongs to it. */
function bucketIndex(value: number, scale: number): number {
  return Math.ceil(Math.log2(value) * 2 ** scale) - 1;
}
