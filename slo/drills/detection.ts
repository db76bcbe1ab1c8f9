/** When a fault would have been noticed, by customers and by alerts, and when a stand-in first answered for it. */
import { replayAlert, workbookAlerts } from '../alerts.ts';
import type { Measurements } from '../measurements.ts';
import type { BurnRateAlert } from '../types.ts';
import { countedBetween, firstBad, type Watched } from './seconds.ts';
import type { DrillAlert } from './types.ts';

/**
 * Seconds from taking effect to the first bad second of any of these objectives; 0 within the second of the effect.
 * Undefined if none was bad.
 */
export function detectSeconds(
  watched: readonly Watched[],
  tookEffectSecond: number,
  untilSecond: number,
): number | undefined {
  const bad = firstBad(watched, Math.floor(tookEffectSecond), untilSecond);
  return bad === undefined ? undefined : Math.max(0, bad - tookEffectSecond);
}

/** Seconds from taking effect to the first second in which a stand-in answered for the service. */
export function mitigateSeconds(
  { requests }: Measurements,
  service: string,
  tookEffectSecond: number,
  untilSecond: number,
): number | undefined {
  const firsts = requests
    .filter((series) => series.service === service && series.outcome === 'fallback')
    .map(({ from, counts }) => {
      for (let second = Math.floor(tookEffectSecond); second < untilSecond; second += 1) {
        if ((counts[second - from] ?? 0) > 0) return second;
      }
      return Number.POSITIVE_INFINITY;
    });
  const first = Math.min(Number.POSITIVE_INFINITY, ...firsts);
  return Number.isFinite(first) ? Math.max(0, first - tookEffectSecond) : undefined;
}

/**
 * The first burn-rate alert to fire: the objectives' own, or the SRE Workbook's pages. What came before `quietSecond`
 * (the start of the run, or the end of the drill before) is taken for clean and as busy as the seconds from there to
 * the fault, so that long windows are full, as they are in production.
 */
export function firstAlert(
  watched: readonly Watched[],
  seconds: { readonly quiet: number; readonly effect: number; readonly until: number },
): DrillAlert | undefined {
  const fired = watched.flatMap((item) => {
    const { id, target, windowDays, alerts } = item.objective;
    const pages = workbookAlerts(windowDays).filter(({ severity }) => severity === 'page');
    return (alerts ?? pages).flatMap((alert): DrillAlert[] => {
      const second = firingSecond(item, target, alert, seconds);
      if (second === undefined) return [];
      const { name, severity } = alert;
      return [{ objectiveId: id, name, severity, afterSeconds: Math.max(0, second - seconds.effect) }];
    });
  });
  return fired.reduce<DrillAlert | undefined>(
    (first, alert) => (first === undefined || alert.afterSeconds < first.afterSeconds ? alert : first),
    undefined,
  );
}

/** End of the second in which the alert fires. */
function firingSecond(
  item: Watched,
  target: number,
  alert: BurnRateAlert,
  { quiet, effect, until }: { readonly quiet: number; readonly effect: number; readonly until: number },
): number | undefined {
  const start = Math.max(item.from, Math.floor(quiet));
  const from = Math.max(start, Math.floor(effect));
  const before = countedBetween(item, start, from);
  const perSecond = from === start ? 0 : before.total / (from - start);
  const padding = Math.max(...alert.lookbackSeconds);
  const length = padding + Math.max(0, Math.ceil(until) - from);
  const total = new Float64Array(length).fill(perSecond, 0, padding);
  const bad = new Float64Array(length);
  for (let second = from; second < until; second += 1) {
    total[padding + second - from] = item.total[second - item.from] ?? 0;
    bad[padding + second - from] = item.bad[second - item.from] ?? 0;
  }
  const { firstFiringSecond } = replayAlert({ total, bad }, target, alert);
  return firstFiringSecond === undefined ? undefined : from + firstFiringSecond - padding + 1;
}
