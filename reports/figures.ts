/** Numbers as text. Comparison happens before, on unrounded values; nothing here is read back. */
import { formatCount, formatCounted, formatMilliseconds, formatShare } from '../slo/sentences.ts';

/** 42310 → "42,310". */
export const count = formatCount;

/** "1 request", "2 requests". */
export const counted = formatCounted;

/** A rate: whole from 100 on, three significant digits below, two below 1. */
export function decimal(value: number): string {
  return Math.abs(value) >= 100
    ? count(Math.round(value))
    : String(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 3)));
}

/** A share of good events that no target belongs to, cut off: only a true 1 is "100 %". */
export function goodShare(share: number): string {
  return formatShare(share, 'down', 1);
}

/** A rough share, for budgets and CPU: 0.342 → "34 %", 12.5 → "12.5 times". */
export function roughShare(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %';
  return share > 10 ? `${decimal(share)} times` : `${count(Math.round(share * 100))} %`;
}

/** How much of a plan was done, cut to a tenth of a percent: 0.99571 → "99.5 %". */
export function achievedShare(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

export const milliseconds = formatMilliseconds;

/** 65 → "1:05". */
export function clockTime(second: number): string {
  // A phase's edge may lie a hair before the second it stands for.
  const whole = Math.floor(second + 0.001);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** 10 → "10x", 2.25 → "2.3x". */
export function multiple(multiplier: number): string {
  return `${Number(multiplier.toFixed(1))}x`;
}

/** "a", "a and b", "a, b and c". */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** Values as bars between the smallest and the largest of them, or of `bounds`; a gap is a dot. */
export function sparkline(values: readonly (number | undefined)[], bounds: readonly number[] = []): string {
  const known = [...values, ...bounds].filter((value) => value !== undefined);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const barOf = (value: number) =>
    // Nothing to compare with: neither high nor low.
    most === least ? '▄' : bars[Math.round(((value - least) / (most - least)) * (bars.length - 1))];
  return values.map((value) => (value === undefined ? '·' : barOf(value))).join('');
}

/** "2026-11-27 06:00" in UTC. */
export function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** A p-value after a `p`: "= 0.0043", "< 0.0001". */
export function probability(p: number): string {
  return p < 0.0001 ? '< 0.0001' : `= ${Number(p.toPrecision(2))}`;
}
