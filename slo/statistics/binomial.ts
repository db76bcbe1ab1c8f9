/**
 * Exact binomial bounds after Clopper and Pearson (1934), by quantiles of the beta distribution.
 * Not Wilson's: it passes 99.99 % after 27,053 clean events, whose true confidence is 93.3 %.
 * Counts may be fractions, as effective counts are.
 */
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';

/** One-sided confidence of every verdict. */
export const confidence = 0.95;

/** Upper bound of the bad share after `bad` of `total` events: BetaInv(level; bad + 1, total − bad). */
export function badShareAtMost(bad: number, total: number, level = confidence): number {
  return bad >= total ? 1 : betaQuantile(level, bad + 1, total - bad);
}

/** Lower bound of the bad share: BetaInv(1 − level; bad, total − bad + 1), and 0 without a bad event. */
export function badShareAtLeast(bad: number, total: number, level = confidence): number {
  return bad <= 0 ? 0 : betaQuantile(1 - level, bad, total - bad + 1);
}

/** Smallest number of events, `bad` of them bad, that proves a good share of `target`. Exact: no approximation. */
export function smallestTotalThatProves(target: number, bad = 0, level = confidence): number {
  const proves = (total: number) => 1 - badShareAtMost(bad, total, level) >= target;
  let enough = Math.ceil(bad) + 1;
  while (!proves(enough)) enough *= 2;
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2);
    if (proves(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
