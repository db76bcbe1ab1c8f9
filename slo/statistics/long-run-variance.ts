/** Variance of the mean of a dependent series: heteroskedasticity and autocorrelation consistent (HAC). */

/** Σ x[t] x[t + lag] / length, for a series that is centred already. */
export function autocovariance(centred: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < centred.length; t += 1) sum += (centred[t] as number) * (centred[t - lag] as number);
  return sum / centred.length;
}

/**
 * Long-run variance with Bartlett weights 1 − lag / (lags + 1), after Newey and West (1987), without a
 * correction for small samples; never negative. The series must be centred.
 */
export function longRunVariance(centred: Float64Array, lags: number): number {
  let variance = autocovariance(centred, 0);
  for (let lag = 1; lag <= Math.min(lags, centred.length - 1); lag += 1) {
    variance += 2 * (1 - lag / (lags + 1)) * autocovariance(centred, lag);
  }
  return variance;
}

/** Consecutive autocorrelations that must be insignificant before the series counts as uncorrelated. */
const quietLags = 5;

/** Correlation that reaches further than this many values is looked at in coarser steps. */
const farthestReach = 64;

/** Lags for each lag that correlation reaches: Bartlett's weights then cut only some sixth of it. */
const lagsPerReach = 4;

/**
 * Largest lag up to which the series is correlated, after Politis (2003), "Adaptive bandwidth choice": the
 * autocorrelations of the next five lags are all below 2 √(log10 T / T). 0 for an uncorrelated series.
 */
function correlationReach(centred: Float64Array): number {
  const { length } = centred;
  const negligible = 2 * Math.sqrt(Math.log10(length) / length) * autocovariance(centred, 0);
  const atMost = Math.min(farthestReach, length / 4);
  let reach = 0;
  for (let lag = 1; lag <= Math.min(reach + quietLags, atMost); lag += 1) {
    if (Math.abs(autocovariance(centred, lag)) >= negligible) reach = lag;
  }
  return reach;
}

/**
 * Long-run variance with as many lags as correlation in the series asks for, at most a quarter of its length.
 * Where correlation reaches far, neighbours are added up first, as often as it takes: the time needed grows
 * with the length alone. `lags` counts values of the series as given.
 */
export function automaticLongRunVariance(centred: Float64Array): { variance: number; lags: number } {
  const reach = correlationReach(centred);
  if (reach > farthestReach / 2 && centred.length > 8 * farthestReach) {
    const { variance, lags } = automaticLongRunVariance(pairSums(centred));
    return { variance: variance / 2, lags: 2 * lags };
  }
  const lags = Math.min(lagsPerReach * reach, Math.floor(centred.length / 4));
  return { variance: longRunVariance(centred, lags), lags };
}

function pairSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(Math.floor(values.length / 2));
  for (let pair = 0; pair < sums.length; pair += 1) {
    sums[pair] = (values[2 * pair] as number) + (values[2 * pair + 1] as number);
  }
  return sums;
}
