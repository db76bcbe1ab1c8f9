/** Seeded random numbers: the same seed gives the same table. */

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Trials up to and including the first success, if each succeeds with chance 1 / mean. */
  geometric(mean: number): number;
}

/** xoshiro128** (Blackman and Vigna 2021), its state filled by splitmix32. */
export function createRandom(seed: number): Random {
  const state = Uint32Array.from({ length: 4 }, (_, index) => splitmix32(seed + index * 0x9e3779b9));
  const uniform = () => {
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = state;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const a = s2 ^ s0;
    const b = s3 ^ s1;
    state[0] = s0 ^ b;
    state[1] = s1 ^ a;
    state[2] = a ^ (s1 << 9);
    state[3] = rotateLeft(b, 11);
    return result / 2 ** 32;
  };
  return {
    uniform,
    geometric: (mean) => (mean <= 1 ? 1 : 1 + Math.floor(Math.log(1 - uniform()) / Math.log1p(-1 / mean))),
  };
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function splitmix32(seed: number): number {
  let word = (seed + 0x9e3779b9) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
  word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
  return (word ^ (word >>> 15)) >>> 0;
}
