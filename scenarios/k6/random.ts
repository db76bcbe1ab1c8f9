/**
 * Seeded pseudo-randomness: the same seed, scenario and iteration number always draw the same values,
 * whichever VU runs the iteration and whenever. Not for cryptography.
 */

const { imul } = Math;

/** 32-bit FNV-1a of a text's UTF-16 code units (Fowler, Noll, Vo). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A stream of pseudo-random values. */
export interface Random {
  /** Begins the sequence of `stream` and `index`, 32-bit integers; answers its first value. */
  start(stream: number, index: number): number;
  /** In (0, 1). */
  next(): number;
  /** Uniform in `low..high`, both included, at most 2^31 apart. */
  integer(low: number, high: number): number;
  /** One item, each as likely. Throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T;
  /**
   * A rank in `1..count` by Zipf's law with exponent 1 (log-uniform): rank 1 is drawn in a share of
   * ln 2 / ln (count + 1), about 9 % of 2,000; the first tenth of the ranks gets some 70 %. Models hot keys.
   */
  zipfRank(count: number): number;
}

/**
 * Xorshift32 (Marsaglia, 2003), begun at a Weyl sequence's `index`-th value, so that the first draws of
 * many iterations are spread evenly and weights come out exactly. Few operations and no object per value,
 * as k6 interprets its scripts.
 */
export function createRandom(): Random {
  let state = 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
  return {
    start(stream, index) {
      // Zero is the one state that xorshift never leaves.
      state = stream ^ imul(index + 1, 0x9e3779b1) || 1;
      return next();
    },
    next,
    integer: (low, high) => low + ((next() * (high - low + 1)) | 0),
    pick(items) {
      const item = items[(next() * items.length) | 0];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    zipfRank: (count) => Math.min(count, Math.floor(Math.exp(next() * Math.log(count + 1)))),
  };
}

/** Maps a draw in [0, 1) to an item, by the items' weights. Throws RangeError if no weight is positive. */
export function weightedChoice<T extends { readonly weight: number }>(items: readonly T[]) {
  let total = 0;
  const bounds = items.map(({ weight }) => {
    total += weight;
    return total;
  });
  if (!(total > 0)) throw new RangeError('nothing has a positive weight');
  return (draw: number): T => {
    const at = draw * total;
    let index = 0;
    while (at >= (bounds[index] as number)) index += 1;
    return items[index] as T;
  };
}
