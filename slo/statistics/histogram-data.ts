/** Base-2 exponential histogram, as in OTLP: bucket i counts (base^(offset+i), base^(offset+i+1)], base = 2^(2^-scale). */
export interface Histogram {
  readonly scale: number;
  readonly count: number;
  readonly zeroCount: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly offset: number;
  readonly buckets: readonly number[];
}
