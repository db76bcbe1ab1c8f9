/** Values as text in PromQL and in Prometheus' rule files. */
import { secondsPerDay } from '../statistics/error-budget.ts';

const units = [
  ['d', secondsPerDay],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** 21600 → `6h`: the largest unit that leaves nothing over. */
export function promqlDuration(seconds: number): string {
  const [unit, length] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['s', 1];
  return `${seconds / length}${unit}`;
}

/** A quoted string; JSON's escapes are among those of PromQL. */
export function promqlString(text: string): string {
  return JSON.stringify(text);
}

/** Labels and annotations of an alert are templates: braces of ours are no actions. */
export function templateText(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
