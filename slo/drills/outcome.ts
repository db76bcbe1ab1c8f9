/** One drill: what became of it, how long everything took, what it cost. */
import { isHarmless } from '../../profiles/faults.ts';
import type { DrillRow, Measurements } from '../measurements.ts';
import { besideCalm } from './alternated.ts';
import { calmSpent, costBetween } from './cost.ts';
import { detectSeconds, firstAlert, mitigateSeconds } from './detection.ts';
import { excusesOf } from './excuse.ts';
import { readingsIn } from './readings.ts';
import { answerOf, withoutEffect } from './reason.ts';
import { recoveredAt } from './recovery.ts';
import type { DrillContext, EffectiveDrill } from './scope.ts';
import { countedBetween, firstBad, type Watch, type Watched } from './seconds.ts';
import type { DrillOutcome } from './types.ts';

/** A drill whose fault was not seen to take effect. */
export function ineffectiveOutcome(row: DrillRow, { measurements }: DrillContext): DrillOutcome {
  return {
    ...named(row),
    ...withoutEffect(row, measurements.end),
    watchedSeconds: 0,
    readings: [],
    excused: [],
  };
}

export function outcomeOf(drill: EffectiveDrill, context: DrillContext): DrillOutcome {
  const { row, fromSecond, untilSecond } = drill;
  const { measurements, watch } = context;
  const own = watch.ofService(row.fault.service);
  const recovered = recoveredWith(drill, watch);
  const over = Math.ceil(recovered ?? untilSecond);
  const watchedSeconds = Math.max(0, untilSecond - fromSecond);
  const answered = answerOf(row, {
    end: measurements.end,
    hasRecovered: recovered !== undefined,
    sawTraffic: hasTraffic(own, drill),
    watchedSeconds,
  });
  return {
    ...named(row),
    ...answered,
    watchedSeconds,
    ...timesOf(drill, over, context),
    ...(recovered === undefined ? {} : recoveryOf(recovered, drill, measurements)),
    ...costOf(drill, over, context),
    readings: readingsIn(measurements, watch.ofReadings(), drill),
    excused: excusesOf(drill, over, context),
  };
}

/** What the fault cost until it was over and everything good again, and what the same time cost just before it. */
function costOf(drill: EffectiveDrill, over: number, { plan, measurements, watch }: DrillContext) {
  const own = watch.ofService(drill.row.fault.service);
  const from = Math.floor(drill.fromSecond);
  const to = Math.max(over, Math.ceil(Math.min(drill.endSecond, drill.untilSecond)));
  const phase = plan.phases.find(({ startSecond, endSecond }) => startSecond <= from && from < endSecond);
  const calmFrom = Math.ceil(Math.max(drill.quietSecond, phase?.startSecond ?? from, from - (to - from)));
  return known({
    cost: costBetween(measurements, own, from, to),
    calm: calmSpent(own, calmFrom, from, to - from),
    beside: isHarmless(drill.row.fault.kind) ? besideCalm(own, calmFrom, from, to) : undefined,
  });
}

function named({ fault, driver, injectedSecond, tookEffectSecond, rolledBackSecond, problems }: DrillRow) {
  return {
    ...{ id: fault.id, service: fault.service, fault: fault.kind, driver },
    ...known({ injectedSecond, tookEffectSecond, endedSecond: rolledBackSecond }),
    problems,
  };
}

/** How long it took until the fault was noticed and a stand-in answered. */
function timesOf(drill: EffectiveDrill, over: number, { measurements, watch }: DrillContext) {
  const { row, mayFail, quietSecond: quiet, tookEffectSecond: effect } = drill;
  const { service } = row.fault;
  const touched = [...mayFail].flatMap((name) => watch.ofService(name));
  return known({
    detectSeconds: detectSeconds(touched, effect, over),
    alert: firstAlert(watch.ofService(service), { quiet, effect, until: over }),
    mitigateSeconds: mitigateSeconds(measurements, service, effect, over),
  });
}

function recoveryOf(
  recovered: number,
  { fromSecond, endSecond }: EffectiveDrill,
  { sliceOffsetSeconds = 0 }: Measurements,
) {
  return {
    recoveredSecond: recovered + sliceOffsetSeconds,
    recoverSeconds: recovered - fromSecond,
    recoverFromEndSeconds: Math.max(0, recovered - endSecond),
  };
}

/** The last of the service itself and of those that may fail with it and did. */
function recoveredWith(drill: EffectiveDrill, watch: Watch): number | undefined {
  const { fromSecond, untilSecond, row, mayFail } = drill;
  const concerned = [...mayFail]
    .map((service) => ({ service, watched: watch.ofService(service) }))
    .filter(
      ({ service, watched }) =>
        service === row.fault.service || firstBad(watched, Math.floor(fromSecond), untilSecond) !== undefined,
    );
  const moments = concerned.map(({ watched }) => recoveredAt(watched, drill));
  const found = moments.filter((moment) => moment !== undefined);
  return found.length === moments.length ? Math.max(...found) : undefined;
}

function hasTraffic(own: readonly Watched[], { fromSecond, untilSecond }: EffectiveDrill): boolean {
  return own.some((item) => countedBetween(item, Math.floor(fromSecond), untilSecond).total > 0);
}

/** Only the fields that have a value. */
function known<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { readonly [K in keyof T]?: Exclude<T[K], undefined> };
}
