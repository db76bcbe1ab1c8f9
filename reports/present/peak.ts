/** The handful of figures that people quote: how high, how many, how fast, how often wrong. */
import type { Phase } from '../../profiles/types.ts';
import { count, counted, decimal, goodShare, milliseconds, multiple } from '../figures.ts';
import type { Figure } from '../told.ts';
import type { PresentInput } from './input.ts';
import { quantilesOf } from './latency.ts';
import { countOutcomes } from './outcomes.ts';
import { plannedRequests } from './seconds.ts';

export function presentFigures(input: PresentInput): Figure[] {
  const { measurements, verdict } = input;
  const all = countOutcomes(measurements.requests);
  const bad = all.errors + all.fallbacks;
  const dropped = measurements.drops.reduce((sum, row) => sum + row.count, 0);
  const held = verdict.highestMultipleHeld;
  return [
    ...peakFigures(input),
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
      note:
        held === undefined ? 'something that blocks broke at every load' : 'nothing that blocks was broken',
    },
  ];
}

function peakFigures({ plan, measurements }: PresentInput): Figure[] {
  const peak = peakPhase(plan.phases);
  if (peak === undefined) return [];
  const inPeak = (row: { readonly second: number }) =>
    row.second >= peak.startSecond && row.second < peak.endSecond;
  const sent = countOutcomes(measurements.requests.filter(inPeak)).total;
  const seconds = Math.min(peak.endSecond, measurements.measuredSeconds) - peak.startSecond;
  const planned = plannedRequests(plan, peak.startSecond, peak.endSecond);
  const latency = quantilesOf(measurements.latencyBySecond.filter(inPeak).map((row) => row.histogram));
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

/** The hold phase with the highest multiple, or the highest phase if nothing holds. */
function peakPhase(phases: readonly Phase[]): Phase | undefined {
  const judged = phases.filter((phase) => phase.role === 'judged');
  const holds = judged.filter((phase) => phase.kind === 'hold');
  const candidates = holds.length > 0 ? holds : judged;
  return [...candidates].sort((a, b) => b.toMultiplier - a.toMultiplier)[0];
}

/** How long requests of the peak took, unrounded; undefined if none were measured there. */
export function peakLatency({
  plan,
  measurements,
}: PresentInput): { readonly phase: string; readonly p99Ms: number } | undefined {
  const peak = peakPhase(plan.phases);
  if (peak === undefined) return undefined;
  const rows = measurements.latencyByRoute.filter(({ phase }) => phase === peak.name);
  const latency = quantilesOf(rows.map(({ histogram }) => histogram));
  return latency && { phase: peak.name, p99Ms: latency.p99Ms };
}
