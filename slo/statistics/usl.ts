/**
 * The Universal Scalability Law (Gunther 1993): X(N) = λN / (1 + σ(N − 1) + κN(N − 1)).
 * λ is the throughput of one, σ the share that has to queue (contention), κ what everybody owes everybody
 * (coherency). N / X is linear in 1/λ, σ/λ and κ/λ, so that least squares with the bounds 0 ≤ σ ≤ 1 and κ ≥ 0 have
 * a closed form; squares are of relative errors, which is what throughputs have.
 */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { leastSquares } from './least-squares.ts';

export interface UslParameter {
  readonly value: number;
  /** Two-sided 95 % interval; absent for one that sits at its bound or is not told by the points. */
  readonly low?: number;
  readonly high?: number;
}

export interface UslFit {
  readonly lambda: UslParameter;
  readonly sigma: UslParameter;
  readonly kappa: UslParameter;
  /** Throughput at the best N; undefined if it grows without end as far as the points tell. */
  readonly peakPerSecond?: number;
  /** The best N, √((1 − σ) / κ); undefined where κ is 0. */
  readonly peakConcurrency?: number;
  /** Root mean square of the relative errors. */
  readonly relativeError: number;
}

export interface UslPoint {
  readonly concurrency: number;
  readonly perSecond: number;
}

/** X(N) of a fit. */
export function uslThroughput({ lambda, sigma, kappa }: UslFit, n: number): number {
  return (lambda.value * n) / (1 + sigma.value * (n - 1) + kappa.value * n * (n - 1));
}

/** Columns of the linear form for each choice of what is free: 1/λ always, σ/λ unless at 0 or 1, κ/λ unless at 0. */
const models = [
  { sigma: 'free', kappa: 'free' },
  { sigma: 'free', kappa: 'zero' },
  { sigma: 'zero', kappa: 'free' },
  { sigma: 'zero', kappa: 'zero' },
  { sigma: 'one', kappa: 'free' },
  { sigma: 'one', kappa: 'zero' },
] as const;
type Model = (typeof models)[number];

/** The best fit within the bounds. Undefined for fewer than three different concurrencies. */
export function fitUsl(points: readonly UslPoint[]): UslFit | undefined {
  const usable = points.filter(({ perSecond }) => perSecond > 0);
  if (new Set(usable.map(({ concurrency }) => concurrency)).size < 3) return undefined;
  const fits = models.flatMap((model) => fitModel(model, usable) ?? []);
  return fits.sort((a, b) => a.squares - b.squares)[0]?.fit;
}

function fitModel(
  model: Model,
  points: readonly UslPoint[],
): { readonly squares: number; readonly fit: UslFit } | undefined {
  // A point's weight X / N makes residuals of N / X relative ones.
  const rows = points.map(({ concurrency: n, perSecond }) => {
    const weight = perSecond / n;
    const first = model.sigma === 'one' ? n : 1;
    const columns = [
      first,
      ...(model.sigma === 'free' ? [n - 1] : []),
      ...(model.kappa === 'free' ? [n * (n - 1)] : []),
    ];
    return { x: columns.map((value) => value * weight), y: 1 };
  });
  const solved = leastSquares(rows);
  if (solved === undefined) return undefined;
  const [inverse = 0, ...others] = solved.coefficients;
  if (!(inverse > 0) || others.some((value) => value < 0)) return undefined;
  const sigma = model.sigma === 'free' ? (others[0] ?? 0) / inverse : model.sigma === 'one' ? 1 : 0;
  if (sigma > 1) return undefined;
  return { squares: solved.squares, fit: describe(model, solved, sigma, points.length) };
}

type Solved = NonNullable<ReturnType<typeof leastSquares>>;

function describe(model: Model, solved: Solved, sigma: number, count: number): UslFit {
  const { coefficients, covariance, squares } = solved;
  const inverse = coefficients[0] as number;
  const freedom = count - coefficients.length;
  const variance = freedom > 0 ? squares / freedom : Number.NaN;
  const t = freedom > 0 ? tQuantile(0.975, freedom) : Number.NaN;
  const cov = (i: number, j: number) => (covariance[i]?.[j] ?? 0) * variance;
  const withReach = (value: number, reach: number, most = Number.POSITIVE_INFINITY): UslParameter =>
    Number.isFinite(reach)
      ? { value, low: Math.max(0, value - reach), high: Math.min(most, value + reach) }
      : { value };
  /** Delta method for the quotient of coefficient `i` and the first one. */
  const ratio = (i: number, most?: number): UslParameter => {
    const value = (coefficients[i] as number) / inverse;
    const spread = (cov(i, i) - 2 * value * cov(0, i) + value ** 2 * cov(0, 0)) / inverse ** 2;
    return withReach(value, t * Math.sqrt(Math.max(0, spread)), most);
  };
  const lambda = withReach(1 / inverse, (t * Math.sqrt(cov(0, 0))) / inverse ** 2);
  const kappaAt = model.sigma === 'free' ? 2 : 1;
  const fit: UslFit = {
    lambda,
    sigma: model.sigma === 'free' ? ratio(1, 1) : { value: sigma },
    kappa: model.kappa === 'free' ? ratio(kappaAt) : { value: 0 },
    relativeError: Math.sqrt(squares / count),
  };
  return { ...fit, ...peakOf(fit) };
}

function peakOf(fit: UslFit): Pick<UslFit, 'peakPerSecond' | 'peakConcurrency'> {
  const { lambda, sigma, kappa } = fit;
  if (kappa.value === 0) return sigma.value === 0 ? {} : { peakPerSecond: lambda.value / sigma.value };
  const peakConcurrency = Math.max(1, Math.sqrt((1 - sigma.value) / kappa.value));
  return { peakConcurrency, peakPerSecond: uslThroughput(fit, peakConcurrency) };
}
