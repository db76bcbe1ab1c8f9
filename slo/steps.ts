/** A metrics backend's answers → good and bad, step by step. What cannot be told apart is neither. */
import type { MetricSeries } from './measurements.ts';

/** Events, or one time slice, of the step that begins at `second`. */
export interface Step {
  readonly second: number;
  readonly total: number;
  readonly bad: number;
  /** May be good or bad; not in `bad`. */
  readonly uncertain: number;
}

interface Increase {
  readonly amount: number;
  /** False after a reset, where nobody knows what was counted before it. */
  readonly isSure: boolean;
}

export interface RatioKind {
  readonly goodOrBad: 'good' | 'bad';
  readonly counter: boolean;
}

/**
 * Events of a ratio, whose two queries were asked for the same times. A value tells of the step that ends
 * with it: counters by their increase since the last value, others by the value itself. What the total counted
 * while the numerator was silent waits for its next value, since a counter loses nothing in a gap.
 */
export function ratioSteps(numerator: MetricSeries, total: MetricSeries, kind: RatioKind): Step[] {
  const steps: Step[] = [];
  const counted = kind.counter ? new CounterReader(numerator.values, total.values) : undefined;
  for (let index = 1; index < total.values.length; index++) {
    const second = secondOf(total, index);
    const step =
      counted === undefined
        ? plainStep(numerator.values[index], total.values[index], kind.goodOrBad)
        : counted.read(index, kind.goodOrBad);
    if (step !== undefined && step.total > 0) steps.push({ second, ...step });
  }
  const rest = counted?.pending ?? 0;
  if (rest > 0) steps.push({ second: secondOf(total, total.values.length - 1), ...unknown(rest) });
  return steps;
}

/** Each value a time slice: `badShare` of it is bad, in [0, 1]; a slice without a value, or without such a share, may be either. */
export function sliceSteps(series: MetricSeries, badShare: (value: number) => number): Step[] {
  return series.values.slice(1).map((value, index) => {
    const second = secondOf(series, index + 1);
    const bad = value === null ? Number.NaN : badShare(value);
    return bad >= 0 && bad <= 1 ? { second, total: 1, bad, uncertain: 0 } : { second, ...unknown(1) };
  });
}

/** The beginning of the step that a value ends. */
function secondOf({ fromSecond, stepSeconds }: MetricSeries, index: number): number {
  return fromSecond + (index - 1) * stepSeconds;
}

type Counted = Omit<Step, 'second'>;

function unknown(total: number): Counted {
  return { total, bad: 0, uncertain: total };
}

/** More good (or bad) events than events, or fewer than none, prove nothing about those events. */
function split(total: number, part: number, goodOrBad: 'good' | 'bad'): Counted {
  if (part < 0 || part > total) return unknown(total);
  return { total, bad: goodOrBad === 'bad' ? part : total - part, uncertain: 0 };
}

function plainStep(
  part: number | null | undefined,
  total: number | null | undefined,
  goodOrBad: 'good' | 'bad',
): Counted | undefined {
  if (total === null || total === undefined || total < 0) return undefined;
  return part === null || part === undefined ? unknown(total) : split(total, part, goodOrBad);
}

/** Reads two counters side by side, so that both increases are over the same time. */
class CounterReader {
  readonly #parts: MetricSeries['values'];
  readonly #totals: MetricSeries['values'];
  #lastPart: number | undefined;
  #lastTotal: number | undefined;
  /** What the total counted since the numerator's last value. */
  #pending: Increase = nothing;

  constructor(parts: MetricSeries['values'], totals: MetricSeries['values']) {
    this.#parts = parts;
    this.#totals = totals;
    this.read(0, 'good');
  }

  /** Events whose numerator never came. */
  get pending(): number {
    return this.#pending.amount;
  }

  read(index: number, goodOrBad: 'good' | 'bad'): Counted | undefined {
    const total = this.#totals[index] ?? undefined;
    if (total === undefined) return undefined;
    const events = this.#lastTotal === undefined ? nothing : increase(this.#lastTotal, total);
    const lastPart = this.#lastPart;
    const part = this.#parts[index] ?? undefined;
    this.#lastTotal = total;
    this.#lastPart = part ?? lastPart;
    // Before a counter's first value nobody knows what it would have counted.
    if (lastPart === undefined) return unknown(events.amount);
    const all = sum(this.#pending, events);
    this.#pending = part === undefined ? all : nothing;
    if (part === undefined) return undefined;
    const counted = increase(lastPart, part);
    return all.isSure && counted.isSure ? split(all.amount, counted.amount, goodOrBad) : unknown(all.amount);
  }
}

const nothing: Increase = { amount: 0, isSure: true };

function sum(a: Increase, b: Increase): Increase {
  return { amount: a.amount + b.amount, isSure: a.isSure && b.isSure };
}

/** As PromQL's `increase` between two samples, without its extrapolation: after a reset, what was counted since. */
function increase(before: number, value: number): Increase {
  return value >= before ? { amount: value - before, isSure: true } : { amount: value, isSure: false };
}
