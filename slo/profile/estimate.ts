import { meanInterval } from '../statistics/mean-interval.ts';

/** An estimate with its two-sided 95 % interval; without bounds where there was too little to tell. */
export interface Estimate {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

/** Mean of a few blocks with its two-sided 95 % interval (Student's t); never below zero. */
export function estimateOf(blocks: readonly number[]): Estimate | undefined {
  const found = meanInterval(blocks, 0.975);
  if (found === undefined) return undefined;
  const { mean, low, high } = found;
  if (low === undefined || high === undefined) return { value: mean };
  return { value: mean, low: Math.max(0, low), high };
}

/** The estimate in another unit. */
export function estimateTimes({ value, low, high }: Estimate, factor: number): Estimate {
  return {
    value: value * factor,
    ...(low === undefined ? {} : { low: low * factor }),
    ...(high === undefined ? {} : { high: high * factor }),
  };
}
