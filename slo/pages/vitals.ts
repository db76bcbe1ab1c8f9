import type { Bands, PageMetric, Vital } from './types.ts';

export interface VitalLimits {
  /** Up to this value it is good. */
  readonly good: number;
  /** Above this one it is poor. */
  readonly poor: number;
}

/** https://web.dev/articles/vitals; ms, and CLS without a unit. */
export const vitalLimits: Readonly<Record<Vital, VitalLimits>> = {
  lcp: { good: 2500, poor: 4000 },
  inp: { good: 200, poor: 500 },
  cls: { good: 0.1, poor: 0.25 },
  fcp: { good: 1800, poor: 3000 },
  ttfb: { good: 800, poor: 1800 },
};

export function isVital(metric: PageMetric): metric is Vital {
  return metric !== 'page-load';
}

/** Which band a value lies in. */
export function bandOf(vital: Vital, value: number): keyof Bands {
  const { good, poor } = vitalLimits[vital];
  if (value <= good) return 'good';
  return value > poor ? 'poor' : 'fair';
}

/** How many of the values lie in each band. */
export function bandsOf(vital: Vital, values: readonly number[]): Bands {
  const bands = { good: 0, fair: 0, poor: 0 };
  for (const value of values) bands[bandOf(vital, value)] += 1;
  return bands;
}

export function addBands(a: Bands, b: Bands): Bands {
  return { good: a.good + b.good, fair: a.fair + b.fair, poor: a.poor + b.poor };
}
