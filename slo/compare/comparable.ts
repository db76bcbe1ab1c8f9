/** Whether two runs may be compared: they must have asked the same, and been able to ask it. */
import type { LoadPlan } from '../../profiles/types.ts';
import { generatorHealth } from '../generator.ts';
import type { Comparability, ComparedRun } from './types.ts';

/** What keeps two plans from being compared; known before any load. */
export function planDifferences(base: LoadPlan, candidate: LoadPlan): string[] {
  const named = (['suite', 'profile'] as const).flatMap((key) =>
    base[key] === candidate[key] ? [] : [`the ${key} is not the same: ${base[key]} and ${candidate[key]}`],
  );
  const [before, after] = [base.environment.scale, candidate.environment.scale];
  const scale =
    before === after ? [] : [`the scale is not the same: ${before} and ${after} of the full load`];
  const different = [...named, ...scale];
  if (!isSame(base.phases, candidate.phases))
    different.push(`the load is not the same: ${shapes(base, candidate)}`);
  if (!isSame(base.faults ?? [], candidate.faults ?? [])) different.push('the faults are not the same');
  if (base.interleave?.turnSeconds !== candidate.interleave?.turnSeconds)
    different.push('one of the runs took turns with another system');
  const scenarios = differentScenarios(base, candidate);
  if (scenarios.length > 0) different.push(`the scenarios are not the same: ${scenarios.join(', ')}`);
  return different;
}

function shapes(...plans: readonly LoadPlan[]): string {
  const shape = ({ phases, durationSeconds }: LoadPlan) => {
    const highest = Math.max(0, ...phases.map(({ toMultiplier }) => toMultiplier));
    return `${phases.length} phases of ${durationSeconds} s up to ${Number(highest.toFixed(2))}x`;
  };
  return plans.map(shape).join(' and ');
}

/** Scenarios that only one plan has, or that do something else in the other. */
function differentScenarios(base: LoadPlan, candidate: LoadPlan): string[] {
  const contents = ({ scenarios }: LoadPlan) =>
    new Map(
      scenarios.map(({ name, traffic: { description, ...traffic } }) => [name, JSON.stringify(traffic)]),
    );
  const [before, after] = [contents(base), contents(candidate)];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
}

/** Everything that speaks against a comparison of two runs, or for reading it with care. */
export function comparability(base: ComparedRun, candidate: ComparedRun): Comparability {
  // Who takes turns meets the same machine: what it lacked, it lacked for both.
  const isShared = base.plan.interleave !== undefined && candidate.plan.interleave !== undefined;
  return {
    refusals: [
      ...planDifferences(base.plan, candidate.plan),
      ...differentFiles(base.scenarioFiles, candidate.scenarioFiles),
      ...emptinessOf('baseline', base),
      ...emptinessOf('candidate', candidate),
      ...(isShared ? [] : [...faultsOf('baseline', base), ...faultsOf('candidate', candidate)]),
    ],
    flags: [
      ...differences(base, candidate),
      ...startedApart(base, candidate),
      ...(isShared ? generatorReasons(candidate).map((reason) => `in both sides' turns ${reason}`) : []),
      ...partialReasons('baseline', base),
      ...partialReasons('candidate', candidate),
    ],
  };
}

/** What makes a run worthless for any comparison. */
export function worthlessness(role: string, run: ComparedRun): string[] {
  return [...emptinessOf(role, run), ...faultsOf(role, run)];
}

/** Why a run is no evidence by itself: its generator was the bottleneck. */
function faultsOf(role: string, run: ComparedRun): string[] {
  return generatorReasons(run).map((reason) => `the ${role} is no evidence: ${reason}`);
}

function generatorReasons({ plan, measurements }: ComparedRun): readonly string[] {
  return generatorHealth(measurements, plan).reasons;
}

function emptinessOf(role: string, { measurements }: ComparedRun): string[] {
  return measurements.measuredSeconds === 0 ? [`the ${role} measured nothing`] : [];
}

function partialReasons(role: string, { measurements }: ComparedRun): string[] {
  return measurements.partial.map((reason) => `the ${role} is partial: ${reason}`);
}

function differentFiles(
  base?: ComparedRun['scenarioFiles'],
  candidate?: ComparedRun['scenarioFiles'],
): string[] {
  if (base === undefined || candidate === undefined) return [];
  const names = [...new Set([...Object.keys(base), ...Object.keys(candidate)])];
  const different = names.filter((name) => base[name] !== candidate[name]);
  return different.length === 0 ? [] : [`the scenario files are not the same: ${different.join(', ')}`];
}

/** Differences that leave a comparison meaningful. */
function differences(base: ComparedRun, candidate: ComparedRun): string[] {
  const pairs = [
    ['seed', base.plan.seed, candidate.plan.seed],
    ['target', base.plan.environment.name, candidate.plan.environment.name],
    ["generator's machine", base.host, candidate.host],
    ['set of tools', toolsOf(base), toolsOf(candidate)],
  ] as const;
  return pairs.flatMap(([what, before, after]) =>
    before === after ? [] : [`the ${what} is not the same: ${before} and ${after}`],
  );
}

/** Sides whose clocks differ by this much load the machine at the same time for as long in each turn. */
const mostSecondsApart = 1;

function startedApart(base: ComparedRun, candidate: ComparedRun): string[] {
  if (candidate.plan.interleave === undefined) return [];
  const startMs = (run: ComparedRun) => run.measurements.startedAtMs ?? Number.NaN;
  const seconds = Math.abs(startMs(candidate) - startMs(base)) / 1000;
  return seconds > mostSecondsApart
    ? [`the two sides began ${seconds.toFixed(1)} s apart, so that their turns overlapped`]
    : [];
}

function toolsOf({ toolVersions }: ComparedRun): string {
  return Object.entries(toolVersions)
    .map(([name, version]) => `${name} ${version}`)
    .sort()
    .join(', ');
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
