import type { PhaseSpec } from './types.ts';

/** A short warm-up, then one hold per multiple with a ramp before each but the first. */
export function staircase(
  multiples: readonly number[],
  shape: { readonly holdSeconds: number; readonly rampSeconds: number },
): PhaseSpec[] {
  const first = multiples[0] ?? 1;
  const steps = multiples.flatMap((multiplier, index): PhaseSpec[] => {
    const hold: PhaseSpec = { name: `${multiplier}x`, kind: 'hold', seconds: shape.holdSeconds, multiplier };
    if (index === 0) return [hold];
    return [{ name: `to-${multiplier}x`, kind: 'ramp', seconds: shape.rampSeconds, multiplier }, hold];
  });
  return [{ name: 'warmup', kind: 'hold', seconds: 3, multiplier: first }, ...steps];
}
