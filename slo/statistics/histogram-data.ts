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

/** A histogram by its filled buckets: `counts[n]` values in bucket `indexes[n]`, ascending, for n below `filled`. */
export interface SparseHistogram extends Omit<Histogram, 'offset' | 'buckets'> {
  readonly filled: number;
  /** These two may be longer than what is filled. */
  readonly indexes: readonly number[];
  readonly counts: readonly number[];
}
