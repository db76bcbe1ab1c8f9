import { badShareAtLeast, badShareAtMost } from './binomial.ts';

/** Two-sided 95 % interval of a share (Clopper–Pearson). Empty without a trial. */
export function proportionInterval(
  count: number,
  total: number,
): { readonly low?: number; readonly high?: number } {
  if (total <= 0) return {};
  return { low: badShareAtLeast(count, total, 0.975), high: badShareAtMost(count, total, 0.975) };
}
