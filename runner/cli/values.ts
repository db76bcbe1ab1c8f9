/** Values of options, from text. Each throws a PeakproofError that names the option. */
import { PeakproofError, problem } from '../../scenarios/problem.ts';

const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `90`, `90s`, `2.5m`, `1h` → seconds. */
export function parseSeconds(option: string, text: string): number {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = secondsPerUnit[unit || 's'];
  if (digits !== undefined && factor !== undefined) return Number(digits) * factor;
  throw invalid(option, text, 'Give a duration such as 90s, 5m or 1h.');
}

/** A multiple of normal load: `10`, `10x`, `2.5`. Its range is the plan's to check. */
export function parseMultiple(option: string, text: string): number {
  const digits = /^(\d+(?:\.\d+)?)x?$/i.exec(text.trim())?.[1];
  if (digits !== undefined) return Number(digits);
  throw invalid(option, text, 'Give a multiple of normal load from 1 to 10.');
}

export function parseWhole(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw invalid(option, text, `Give a whole number from ${least} to ${most}.`);
}

export function parsePort(option: string, text: string): number {
  return parseWhole(option, text, 0, 65_535);
}

function invalid(option: string, text: string, remedy: string): PeakproofError {
  return new PeakproofError(problem('INVALID_OPTION', `${option} cannot be "${text}"`, { remedy }));
}
