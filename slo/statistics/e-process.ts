/**
 * Evidence that may be looked at after every event: e-processes for a share of bad events. Each starts at 1 and
 * is, while its null hypothesis holds, 20 times as large at any time with a chance of at most 1/20 (Ville 1939;
 * Ramdas, Grünwald, Vovk and Shafer 2023). Logarithms throughout: the values themselves overflow.
 */
import betaln from '@stdlib/math-base-special-betaln';
import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/** `better`: evidence that fewer than the allowed share is bad; `worse`: that more is. */
export type Direction = 'better' | 'worse';

/**
 * Log of Π (1 + λ (X − p0)) with λ = (q − p0) / (p0 (1 − p0)), X = 1 for a bad event: the likelihood ratio of a
 * bad share of `q` against the allowed `p0`. Evidence for a share below p0 if q < p0, above it if q > p0.
 */
export function logLikelihoodRatio(bad: number, total: number, p0: number, q: number): number {
  return bad * Math.log(q / p0) + (total - bad) * (Math.log1p(-q) - Math.log1p(-p0));
}

/**
 * Log of the likelihood ratio mixed over all q on one side of the allowed share p0, weighted as Beta(½, ½)
 * (Jeffreys' prior, after Robbins 1970): no alternative has to be guessed. Counts may be fractions (effective
 * counts). −∞ where the counts speak overwhelmingly for the other side.
 */
export function logMixtureRatio(bad: number, total: number, p0: number, direction: Direction): number {
  const weight = (a: number, b: number) =>
    betaln(a, b) + Math.log(direction === 'better' ? betaCdf(p0, a, b) : betaCdf(1 - p0, b, a));
  const nullLikelihood = bad * Math.log(p0) + (total - bad) * Math.log1p(-p0);
  return weight(bad + 0.5, total - bad + 0.5) - weight(0.5, 0.5) - nullLikelihood;
}
