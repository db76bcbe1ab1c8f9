/** The handful of figures that people quote: how high, how many, how fast, how often wrong. */
import { isHarmless } from '../../profiles/faults.ts';
import type { Phase } from '../../profiles/types.ts';
import type { DrillOutcome } from '../../slo/drills/types.ts';
import type { Measurements } from '../../slo/measurements.ts';
import { formatDuration } from '../../slo/sentences.ts';
import { totalOf } from '../../slo/series.ts';
import { count, counted, decimal, goodShare, milliseconds, multiple } from '../figures.ts';
import type { Figure } from '../told.ts';
import type { PresentInput } from './input.ts';
import { latenciesIn, quantilesOf } from './latency.ts';
import { countOutcomes } from './outcomes.ts';
import { pageLoadFigures } from './pages/index.ts';
import { recoveryPointFigures } from './recovery-point.ts';
import { plannedRequests } from './seconds.ts';

export function presentFigures(input: PresentInput): Figure[] {
  const { measurements, verdict } = input;
  const all = countOutcomes(measurements.requests);
  const bad = all.errors + all.fallbacks;
  const dropped = measurements.drops.reduce((sum, series) => sum + totalOf(series), 0);
  const held = verdict.highestMultipleHeld;
  return [
    ...peakFigures(input),
    ...recoveryFigure((verdict.drills?.drills ?? []).filter(({ fault }) => !isHarmless(fault))),
    ...recoveryPointFigures(input),
    ...pageLoadFigures(input),
    {
      label: 'Good answers',
      value: all.total === 0 ? '–' : goodShare(1 - bad / all.total),
      note: `${counted(all.errors, 'error')} and ${counted(all.fallbacks, 'fall-back')} in ${counted(all.total, 'request')}`,
    },
    {
      label: 'Dropped',
      value: count(dropped),
      note: 'visitors who found no free VU',
    },
    {
      label: 'Held up to',
      value: held === undefined ? '–' : multiple(held),
      note: held === undefined ? whyNothingHeld(input) : 'nothing that blocks was broken',
    },
  ];
}

/** What leadership asks after a bad day: how long until everything worked again? */
function recoveryFigure(drills: readonly DrillOutcome[]): Figure[] {
  if (drills.length === 0) return [];
  const times = drills.flatMap(({ answer, recoverSeconds }) =>
    answer === 'pass' ? (recoverSeconds ?? []) : [],
  );
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const failed = drills.filter(({ answer }) => answer === 'fail').length;
  const open = drills.filter(({ answer }) => answer === 'inconclusive').length;
  const rest = [
    ...(failed === 0 ? [] : [`, ${count(failed)} failed`]),
    ...(open === 0 ? [] : [`, ${count(open)} ${open === 1 ? 'proves' : 'prove'} nothing`]),
  ].join('');
  return [
    {
      label: 'Recovery, mean',
      value: times.length === 0 ? '–' : formatDuration(mean),
      note: `${times.length === 0 ? 'none' : `at most ${formatDuration(Math.max(...times))}`} in ${counted(drills.length, 'drill')}${rest}`,
    },
  ];
}

/** Without a lowest load that held, either nobody can tell, or it was not measured whole, or something failed in it. */
function whyNothingHeld({ verdict }: PresentInput): string {
  return verdict.generator.saturated ? 'not known: the generator was saturated' : 'no load held to its end';
}

function peakFigures({ plan, measurements }: PresentInput): Figure[] {
  const peak = peakPhase(plan.phases, measurements);
  if (peak === undefined) return [];
  const requests = measurements.requests.filter(({ phase }) => phase === peak.name);
  const sent = countOutcomes(requests).total;
  const seconds = Math.min(peak.endSecond, measurements.measuredSeconds) - peak.startSecond;
  const planned = plannedRequests(plan, peak.startSecond, peak.endSecond);
  const latency = quantilesOf(latenciesIn(peak, measurements));
  return [
    {
      label: 'Highest load',
      value: multiple(peak.toMultiplier),
      note: `${seconds > 0 ? decimal(sent / seconds) : '0'} requests/s of ${decimal(planned / (peak.endSecond - peak.startSecond))} planned`,
    },
    {
      label: `p99 in phase ${peak.name}`,
      value: latency === undefined ? '–' : milliseconds(latency.p99Ms),
      note:
        latency === undefined
          ? 'nothing was measured there'
          : `p50 ${milliseconds(latency.p50Ms)}, p95 ${milliseconds(latency.p95Ms)}`,
    },
  ];
}

/**
 * The hold phase with the highest multiple that the run came to, promised or beyond; the highest phase if
 * nothing holds.
 */
function peakPhase(phases: readonly Phase[], { end, measuredSeconds }: Measurements): Phase | undefined {
  const loaded = phases.filter((phase) => phase.role !== 'warm-up');
  // A search for the breaking point ends a moment into the step after the one that counts.
  const reached = loaded.filter(({ startSecond, endSecond }) =>
    end === 'stopped-at-failure' ? endSecond <= measuredSeconds : startSecond < measuredSeconds,
  );
  const candidates = [reached.filter(({ kind }) => kind === 'hold'), reached, loaded].find(
    (found) => found.length > 0,
  );
  if (candidates === undefined) return undefined;
  return [...candidates].sort((a, b) => b.toMultiplier - a.toMultiplier)[0];
}

/** How long requests of the peak took, unrounded; undefined if none were measured there. */
export function peakLatency({
  plan,
  measurements,
}: PresentInput): { readonly phase: string; readonly p99Ms: number } | undefined {
  const peak = peakPhase(plan.phases, measurements);
  if (peak === undefined) return undefined;
  const rows = measurements.latencyByRoute.filter(({ phase }) => phase === peak.name);
  const latency = quantilesOf(rows.map(({ histogram }) => histogram));
  return latency && { phase: peak.name, p99Ms: latency.p99Ms };
}
