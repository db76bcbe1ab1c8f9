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

/**
 * A stream of pseudo-random values: xorshift32 (Marsaglia, 2003), begun at a Weyl sequence's `index`-th
 * value, so that the first draws of many iterations are spread evenly and weights come out exactly.
 * Few operations, as k6 interprets its scripts.
 */
export class Random {
  private state = 1;

  /** Begins the sequence of `stream` and `index`, 32-bit integers. */
  start(stream: number, index: number): void {
    // Zero is the one state that xorshift never leaves.
    this.state = stream ^ imul(index + 1, 0x9e3779b1) || 1;
  }

  /** In (0, 1). */
  next(): number {
    let word = this.state;
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    this.state = word;
    return (word >>> 0) / 4294967296;
  }

  /** Uniform in `low..high`, both included, at most 2^31 apart. */
  integer(low: number, high: number): number {
    return low + ((this.next() * (high - low + 1)) | 0);
  }

  /** One item, each as likely. Throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /**
   * A rank in `1..count` by Zipf's law with exponent 1 (log-uniform): rank 1 is drawn in a share of
   * ln 2 / ln (count + 1), about 9 % of 2,000; the first tenth of the ranks gets some 70 %. Models hot keys.
   */
  zipfRank(count: number): number {
    return Math.min(count, Math.floor(Math.exp(this.next() * Math.log(count + 1))));
  }
}

/** Maps a draw in [0, 1) to a name, by the names' weights. Throws RangeError if no weight is positive. */
export function weightedChoice(weights: Readonly<Record<string, { readonly weight: number }>>) {
  const names = Object.keys(weights);
  let total = 0;
  const bounds = names.map((name) => {
    total += weights[name]?.weight ?? 0;
    return total;
  });
  if (!(total > 0)) throw new RangeError('no action has a positive weight');
  return (draw: number): string => {
    const at = draw * total;
    let index = 0;
    while (at >= (bounds[index] as number)) index += 1;
    return names[index] as string;
  };
}
