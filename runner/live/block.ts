/** One snapshot as a block of lines that is redrawn in place. A pure function: what is seen can be tested. */
import type pc from 'picocolors';
import type { Phase } from '../../profiles/types.ts';
import {
  clockTime,
  count,
  decimal,
  goodShare,
  milliseconds,
  multiple,
  roughShare,
} from '../../reports/figures.ts';
import type { LiveSnapshot } from '../types.ts';
import { multipliersOver, sparkline } from './load-shape.ts';

export interface BlockContext {
  readonly phases: readonly Phase[];
  /** Achieved requests per second of the seconds before, oldest first. */
  readonly history: readonly number[];
  /** Width of the terminal. */
  readonly columns: number;
  readonly colors: ReturnType<typeof pc.createColors>;
}

/** Bars of recent seconds behind the rate. */
export const historySeconds = 30;
const labelWidth = 11;

/** At most `columns` characters a line, colours not counted. */
export function renderBlock(now: LiveSnapshot, context: BlockContext): string {
  const { colors, columns } = context;
  const lines: [label: string, text: string, paint: Paint][] = [
    ['load', loadText(now, context), isBehind(now) ? colors.yellow : plain],
    ['latency', latencyText(now), plain],
    ['so far', totalsText(now), now.errors + now.dropped > 0 ? colors.yellow : plain],
    ['broken', ...named(now.objectives.broken, colors.red, colors.green)],
    ['at risk', ...named(now.objectives.atRisk, colors.yellow, colors.green)],
    ['generator', generatorText(now), (now.generatorBusyShare ?? 0) > 0.85 ? colors.yellow : plain],
  ];
  const body = lines.map(
    ([label, text, paint]) => colors.dim(label.padEnd(labelWidth)) + paint(cut(text, columns - labelWidth)),
  );
  return [headline(now, context), shape(now, context), ...body].join('\n');
}

function headline(now: LiveSnapshot, { colors, columns }: BlockContext): string {
  const left = Math.max(0, now.durationSeconds - now.second);
  const time = `${clockTime(left)} left`;
  const phase = cut(now.phase, Math.max(4, columns - time.length - multiple(now.multiplier).length - 4));
  const room = columns - phase.length - multiple(now.multiplier).length - time.length - 2;
  return `${colors.bold(phase)}  ${colors.cyan(multiple(now.multiplier))}${' '.repeat(Math.max(1, room))}${time}`;
}

/** The day's load as bars: what was, bright; what comes, dim. */
function shape(now: LiveSnapshot, { phases, columns, colors }: BlockContext): string {
  const bars = sparkline(multipliersOver(phases, now.durationSeconds, columns));
  const done = Math.min(columns, Math.round((now.second / now.durationSeconds) * columns));
  return colors.cyan(bars.slice(0, done)) + colors.dim(bars.slice(done));
}

function loadText(now: LiveSnapshot, { history, columns }: BlockContext): string {
  const rates = `${decimal(now.achievedRequestsPerSecond)} of ${decimal(now.plannedRequestsPerSecond)} requests/s`;
  const room = Math.min(historySeconds, columns - labelWidth - rates.length - 2);
  return room < 5 ? rates : `${rates}  ${sparkline(history.slice(-room))}`;
}

function isBehind(now: LiveSnapshot): boolean {
  return now.achievedRequestsPerSecond < 0.9 * now.plannedRequestsPerSecond;
}

/** Quantiles so far known, slowest last. */
export function latencyText(now: Pick<LiveSnapshot, 'p50Ms' | 'p95Ms' | 'p99Ms'>): string {
  const parts = [
    ['p50', now.p50Ms],
    ['p95', now.p95Ms],
    ['p99', now.p99Ms],
  ] as const;
  const known = parts.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} ${milliseconds(ms)}`]));
  return known.length > 0 ? known.join('  ') : 'no answers yet';
}

function totalsText(now: LiveSnapshot): string {
  const good =
    now.requests > 0 && now.errors > 0 ? ` (${goodShare(1 - now.errors / now.requests)} good)` : '';
  return `${count(now.requests)} requests, ${count(now.errors)} errors${good}, ${count(now.dropped)} dropped`;
}

function generatorText(now: LiveSnapshot): string {
  const busy =
    now.generatorBusyShare === undefined ? '' : `${roughShare(now.generatorBusyShare)} of the machine busy, `;
  return `${busy}${decimal(now.vus)} VUs`;
}

type Paint = (text: string) => string;

function named(ids: readonly string[], bad: Paint, good: Paint): [text: string, paint: Paint] {
  return ids.length > 0 ? [ids.join(', '), bad] : ['none', good];
}

function plain(text: string): string {
  return text;
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}
