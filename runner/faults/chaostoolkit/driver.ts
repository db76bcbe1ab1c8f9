/** Experiments as the driver of a rehearsal: instead of the target's own one, and with its permissions. */
import type { FaultSpec, PlannedFault } from '../../../profiles/faults.ts';
import type { Profile } from '../../../profiles/types.ts';
import type { Problem } from '../../../scenarios/problem.ts';
import type { BoundDriver } from '../bind.ts';
import { checksOf, probeProblems, urlProblem } from '../drivers/probes.ts';
import type { Action, FaultProcedure, FaultTarget } from '../types.ts';
import type { ExperimentFault } from './convert.ts';

/** A fault that has no time of its own begins so long into the peak, or this share of it if that is earlier. */
const leadSeconds = 5;
const leadShare = 0.25;
/** And so long after the end of the one before it. */
const recoverySeconds = 30;

/** The experiments' faults on a profile's clock, in the experiments' order: at its peak where they say nothing. */
export function placeExperiments(experiments: readonly ExperimentFault[], profile: Profile): FaultSpec[] {
  const peak = peakOf(profile);
  let next = peak.startSecond + Math.min(leadSeconds, leadShare * peak.seconds);
  return experiments.map(({ spec }) => {
    const { atSeconds = next } = spec;
    next = Math.max(next, atSeconds + spec.forSeconds + recoverySeconds);
    return { ...spec, atSeconds };
  });
}

/** The first hold phase at the profile's highest multiplier. */
function peakOf({ phases }: Profile): { readonly startSecond: number; readonly seconds: number } {
  const holds = phases.filter(({ kind }) => kind === 'hold');
  const highest = Math.max(...holds.map(({ multiplier }) => multiplier));
  const peak = phases.findIndex(({ kind, multiplier }) => kind === 'hold' && multiplier === highest);
  const startSecond = phases.slice(0, Math.max(0, peak)).reduce((sum, { seconds }) => sum + seconds, 0);
  return { startSecond, seconds: phases[peak]?.seconds ?? 0 };
}

/** A driver that knows these faults alone; the plan has them in the order of the experiments. */
export function experimentsDriver(experiments: readonly ExperimentFault[]): BoundDriver {
  const procedures = (faults: readonly PlannedFault[], target: FaultTarget) =>
    pairs(faults, experiments).map(([fault, experiment]) => procedureOf(fault, experiment, target));
  return {
    name: 'chaostoolkit',
    kinds: experiments.map(({ spec }) => spec.kind),
    check: async (faults, target) =>
      pairs(faults, experiments).flatMap(([fault, experiment]) => problemsOf(fault, experiment, target)),
    describe: procedures,
    prepare: async (faults, { target }) => ({
      procedures: procedures(faults, target),
      stop: async () => {},
    }),
  };
}

function pairs(faults: readonly PlannedFault[], experiments: readonly ExperimentFault[]) {
  return faults.flatMap((fault, index): [PlannedFault, ExperimentFault][] => {
    const experiment = experiments[index];
    return experiment === undefined ? [] : [[fault, experiment]];
  });
}

function procedureOf(fault: PlannedFault, experiment: ExperimentFault, target: FaultTarget): FaultProcedure {
  const usual = checksOf(fault, [], target);
  const { inject, rollBack, steady, tookEffect } = experiment;
  return {
    fault,
    driver: 'chaostoolkit',
    inject,
    rollBack,
    tookEffect: tookEffect ?? usual.tookEffect,
    steady: steady.length > 0 ? steady : usual.steady,
  };
}

/** Requests to hosts that the target does not allow, and a fault that nothing would show. */
function problemsOf(fault: PlannedFault, experiment: ExperimentFault, target: FaultTarget): Problem[] {
  const { title, inject, rollBack, steady, tookEffect } = experiment;
  const checks = [...steady, ...(tookEffect === undefined ? [] : [tookEffect])];
  const asked: Action[] = [...inject, ...rollBack, ...checks.map(({ action }) => action)];
  const requests = asked.flatMap((action) => (action.type === 'http' ? [action.url] : []));
  const needsUsual = tookEffect === undefined || steady.length === 0;
  return [
    ...[...new Set(requests)].flatMap((url) => urlProblem(`"${title}": ${url}`, url, target)),
    ...(needsUsual ? probeProblems([fault], [], target) : []),
  ];
}
