/** Changes and outcomes as sentences. Everything is decided by now. */
import { formatMilliseconds } from '../sentences.ts';
import type { Change, Comparison, Regression } from './types.ts';

/** A figure of a change in its unit: "83 ms", "0.4 %". */
export function formatFigure(
  { kind, objectiveId }: Pick<Change, 'kind' | 'objectiveId'>,
  value: number,
): string {
  return kind === 'latency' && objectiveId === undefined ? formatMilliseconds(value) : formatPercent(value);
}

/** The same with a sign, for differences. */
export function formatShift(change: Pick<Change, 'kind' | 'objectiveId'>, value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : '±'}${formatFigure(change, Math.abs(value))}`;
}

/** A share of bad events, to two significant digits: 0.00512 → "0.51 %". */
function formatPercent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** A relative change: 0.174 → "+17 %". */
export function formatRelative(share: number): string {
  return `${share < 0 ? '−' : '+'}${Number((Math.abs(share) * 100).toPrecision(2))} %`;
}

/** "payment latency", "order errors", "objective checkout-latency". */
export function nameOf({
  kind,
  service,
  objectiveId,
}: Pick<Change, 'kind' | 'service' | 'objectiveId'>): string {
  return objectiveId === undefined ? `${service} ${kind}` : `objective ${objectiveId}`;
}

/** A finding with its figures. The change must have been tested. */
export function regressionOf(change: Change): Regression {
  const {
    kind,
    service,
    objectiveId,
    before = 0,
    after = 0,
    shift = 0,
    low = 0,
    high = 0,
    pValue = 1,
  } = change;
  const isMs = kind === 'latency' && objectiveId === undefined;
  const relative = isMs ? `, ${formatRelative(shift / before)}` : '';
  const rose = isMs ? 'its answers take longer' : 'more of its events are bad';
  return {
    kind,
    service,
    ...(objectiveId === undefined ? {} : { objectiveId }),
    ...(isMs ? { shiftMs: shift } : {}),
    shiftShare: isMs ? shift / before : shift,
    low,
    high,
    pValue,
    summary:
      `${nameOf(change)}: ${rose}, ${formatFigure(change, after)} after ${formatFigure(change, before)} in the ` +
      `baseline (${formatShift(change, shift)}${relative}; between ${formatShift(change, low)} and ${formatShift(change, high)}).`,
  };
}

/** The outcome in one sentence. */
export function outcomeSummary(
  {
    outcome,
    regressions,
    changes,
    commonShiftShare = 0,
  }: Pick<Comparison, 'outcome' | 'regressions' | 'changes' | 'commonShiftShare'>,
  isCommon: boolean,
): string {
  const latencies = changes.filter(
    ({ kind, objectiveId }) => kind === 'latency' && objectiveId === undefined,
  );
  const unclear = latencies.filter(({ standing }) => standing === 'unclear').length;
  switch (outcome) {
    case 'regression':
      return regressionNames(regressions);
    case 'none':
      return unclear === 0
        ? `No regression in ${latencies.length} services.`
        : `No regression found; the latency of ${unclear} of ${latencies.length} services is too uncertain to tell.`;
    case 'nothing':
      return isCommon
        ? `Nothing can be said: latency changed by ${formatRelative(commonShiftShare)} in all services alike, which speaks for the machine or another common cause.`
        : 'Nothing can be said: too few blocks, or too unlike each other, for every service.';
  }
}

const mostNamed = 5;

function regressionNames(regressions: readonly Regression[]): string {
  const names = regressions.map(nameOf);
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  const count = names.length === 1 ? 'One regression' : `${names.length} regressions`;
  return `${count}: ${names.slice(0, mostNamed).join(', ')}${more}.`;
}
