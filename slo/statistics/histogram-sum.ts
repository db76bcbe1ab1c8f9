import { CountWindow } from './count-window.ts';
import type { Histogram, SparseHistogram } from './histogram-data.ts';

/** Adds up histograms without loss, in place: each is brought to the coarsest scale among them. */
export class HistogramSum {
  #scale = 0;
  #count = 0;
  #zeroCount = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #buckets = new CountWindow();

  add(histogram: Histogram): void {
    if (histogram.count === 0) return;
    this.#addTotals(histogram);
    this.#addBuckets(histogram.offset, histogram.buckets, histogram.scale - this.#scale);
  }

  /** The same of a sparse one. Only reads it, as it may be lent. */
  addSparse(histogram: SparseHistogram): void {
    if (histogram.count === 0) return;
    this.#addTotals(histogram);
    const { filled, indexes, counts } = histogram;
    const scalesLower = histogram.scale - this.#scale;
    for (let n = 0; n < filled; n++) {
      this.#buckets.add((indexes[n] as number) >> scalesLower, counts[n] as number);
    }
  }

  #addTotals(histogram: Omit<Histogram, 'offset' | 'buckets'>): void {
    if (this.#count === 0) this.#scale = histogram.scale;
    else if (histogram.scale < this.#scale) this.#coarsenTo(histogram.scale);
    this.#count += histogram.count;
    this.#zeroCount += histogram.zeroCount;
    this.#sum += histogram.sum;
    this.#min = Math.min(this.#min, histogram.min);
    this.#max = Math.max(this.#max, histogram.max);
  }

  /** A copy; undefined without a value. */
  toHistogram(): Histogram | undefined {
    if (this.#count === 0) return undefined;
    return {
      scale: this.#scale,
      count: this.#count,
      zeroCount: this.#zeroCount,
      sum: this.#sum,
      min: this.#min,
      max: this.#max,
      offset: this.#buckets.from,
      buckets: Array.from(this.#buckets.counts),
    };
  }

  #coarsenTo(scale: number): void {
    const { from, counts } = this.#buckets;
    const lower = this.#scale - scale;
    this.#scale = scale;
    this.#buckets = new CountWindow();
    this.#addBuckets(from, counts, lower);
  }

  /** Lowering the scale by one joins buckets 2i and 2i + 1. */
  #addBuckets(offset: number, buckets: ArrayLike<number>, scalesLower: number): void {
    for (let position = 0; position < buckets.length; position++) {
      const count = buckets[position] as number;
      if (count > 0) this.#buckets.add((offset + position) >> scalesLower, count);
    }
  }
}
