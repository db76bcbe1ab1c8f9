/** Small pictures of load in one line of text. */
import type { Phase } from '../../profiles/types.ts';

const bars = '▁▂▃▄▅▆▇█';

/** One bar a value, the highest of `top` full. */
export function sparkline(values: readonly number[], top = Math.max(...values)): string {
  return values.map((value) => bars[barIndex(value, top)]).join('');
}

function barIndex(value: number, top: number): number {
  if (!(top > 0)) return 0;
  return Math.min(bars.length - 1, Math.max(0, Math.round((value / top) * (bars.length - 1))));
}

/** The multiplier over the whole run, sampled in the middle of `width` equal slices. */
export function multipliersOver(phases: readonly Phase[], durationSeconds: number, width: number): number[] {
  return Array.from({ length: width }, (_, slice) =>
    multiplierAt(phases, ((slice + 0.5) / width) * durationSeconds),
  );
}

function multiplierAt(phases: readonly Phase[], second: number): number {
  const phase = phases.find((candidate) => second < candidate.endSecond);
  if (phase === undefined) return 0;
  if (phase.kind === 'hold') return phase.toMultiplier;
  const done = (second - phase.startSecond) / (phase.endSecond - phase.startSecond);
  return phase.fromMultiplier + (phase.toMultiplier - phase.fromMultiplier) * done;
}
