/** Whether one of two samples has more bad events (Fisher 1935), exact however few there are. */
import hypergeometricPmf from '@stdlib/stats-base-dists-hypergeometric-pmf';
import type { ShareCounts } from './share-bounds.ts';

export interface FisherExact {
  readonly pTwoSided: number;
  /** For "a has the larger bad share". */
  readonly pGreater: number;
  readonly pLess: number;
}

/** Tables whose chance is larger by less than this factor count as equally likely, as in R and SciPy. */
const tieTolerance = 1 + 1e-7;

/** Two-sided: all tables at most as likely as the one seen. p is 1 where a sample is empty or nothing is bad. */
export function fisherExact(a: ShareCounts, b: ShareCounts): FisherExact {
  const total = a.total + b.total;
  const bad = a.bad + b.bad;
  const chance = (ofA: number) => hypergeometricPmf(ofA, total, bad, a.total);
  const seen = chance(a.bad);
  let pLess = 0;
  let pGreater = 0;
  let pTwoSided = 0;
  for (let ofA = Math.max(0, bad - b.total); ofA <= Math.min(bad, a.total); ofA += 1) {
    const here = chance(ofA);
    if (ofA <= a.bad) pLess += here;
    if (ofA >= a.bad) pGreater += here;
    if (here <= seen * tieTolerance) pTwoSided += here;
  }
  return { pLess: Math.min(1, pLess), pGreater: Math.min(1, pGreater), pTwoSided: Math.min(1, pTwoSided) };
}
