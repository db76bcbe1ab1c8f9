/** Everything that steps of load say. Pure: the same input gives the same answer. */
import type { LoadPlan } from '../../profiles/types.ts';
import { Watch } from '../drills/seconds.ts';
import type { Measurements } from '../measurements.ts';
import { totalBetween } from '../series.ts';
import type { Objective } from '../types.ts';
import { holdingIn } from './hold-again.ts';
import { ReplicaCounts } from './replica-counts.ts';
import { type LoadStep, stepsOf } from './steps.ts';
import type { ElasticityReport, StepOutcome, StepReplicas, WorkCost } from './types.ts';

/** Replicas have settled if none changed in the last seconds of a step. */
export const quietSeconds = 5;

/** What all steps of a run are judged from. */
interface StepContext {
  readonly plan: LoadPlan;
  readonly measurements: Measurements;
  readonly services: readonly string[];
  readonly watch: Watch;
  /** Undefined where not every service told. */
  readonly counts: ReplicaCounts | undefined;
}

/** Undefined if the plan is not made to show how replicas follow the load. */
export function judgeElasticity(
  plan: LoadPlan,
  measurements: Measurements,
  objectives: readonly Objective[],
): ElasticityReport | undefined {
  const { elasticity: work, environment } = plan;
  if (work === undefined) return undefined;
  const series = measurements.replicas ?? [];
  const told = new Set(series.map(({ service }) => service));
  const silent = (environment.replicas?.services ?? []).filter((service) => !told.has(service));
  const counts = new ReplicaCounts(series);
  const context: StepContext = {
    plan,
    measurements,
    services: servicesOf(objectives),
    watch: new Watch(plan, measurements, objectives),
    counts: counts.isEmpty || silent.length > 0 ? undefined : counts,
  };
  const steps: StepOutcome[] = [];
  for (const step of stepsOf(plan)) steps.push(outcomeOf(step, steps, context));
  const budget = environment.replicas?.budgetSecondsPer1000;
  return {
    work,
    steps,
    silent,
    ...costOfAll(steps, context),
    ...(budget === undefined ? {} : { budgetSecondsPer1000: budget }),
  };
}

/** Replicas of all services in a second, for charts; undefined where not every service told. */
export function judgedTotals(
  { replicas = [] }: Measurements,
  { silent }: ElasticityReport,
): ((second: number) => number) | undefined {
  const counts = new ReplicaCounts(replicas);
  return counts.isEmpty || silent.length > 0 ? undefined : (second) => counts.totalAt(second);
}

function servicesOf(objectives: readonly Objective[]): string[] {
  const names = objectives.flatMap(({ sli }) =>
    sli.measure === 'requests' || sli.measure === 'probes' ? (sli.service ?? []) : [],
  );
  return [...new Set(names)];
}

function outcomeOf(step: LoadStep, before: readonly StepOutcome[], context: StepContext): StepOutcome {
  const { measurements, services, watch } = context;
  const { measuredSeconds: measuredUntil, sliceOffsetSeconds: offsetSeconds = 0 } = measurements;
  const held = { ...step, ...holdingIn(step, services, watch, { measuredUntil, offsetSeconds }) };
  if (measuredUntil < step.endSecond || context.counts === undefined) return held;
  const replicas = replicasIn(step, before, context.counts);
  return { ...held, replicas, cost: costBetween(step.fromSecond, step.endSecond, context.counts, context) };
}

function replicasIn(step: LoadStep, before: readonly StepOutcome[], counts: ReplicaCounts): StepReplicas {
  const [from, to] = [Math.floor(step.fromSecond), Math.floor(step.endSecond)];
  const totals = Array.from({ length: to - from }, (_, index) => counts.totalAt(from + index));
  const settled = totals.at(-1) ?? 0;
  const change = counts.lastChange(from, to);
  const same =
    step.kind === 'down'
      ? before.find(({ kind, multiplier }) => kind !== 'down' && multiplier === step.multiplier)
      : undefined;
  return {
    highest: Math.max(settled, ...totals),
    settled,
    ...(step.kind === 'up' ? { overshoot: counts.overshoot(from, to) } : {}),
    ...(change !== undefined && change >= to - quietSeconds
      ? {}
      : { settledAfterSeconds: change === undefined ? 0 : change - from }),
    ...(same?.replicas === undefined ? {} : { surplus: settled - same.replicas.settled }),
  };
}

function costOfAll(
  steps: readonly StepOutcome[],
  context: StepContext,
): Pick<ElasticityReport, 'cost' | 'fixedReplicaSeconds'> {
  const [first, last] = [steps[0], steps.at(-1)];
  const isWhole = steps.every(({ replicas }) => replicas !== undefined);
  if (first === undefined || last === undefined || context.counts === undefined || !isWhole) return {};
  const top = steps.reduce((highest, step) => (step.multiplier > highest.multiplier ? step : highest));
  const seconds = Math.floor(last.endSecond) - Math.floor(first.fromSecond);
  return {
    cost: costBetween(first.fromSecond, last.endSecond, context.counts, context),
    fixedReplicaSeconds: (top.replicas?.settled ?? 0) * seconds,
  };
}

function costBetween(
  fromSecond: number,
  toSecond: number,
  counts: ReplicaCounts,
  { plan, measurements }: StepContext,
): WorkCost {
  const [from, to] = [Math.floor(fromSecond), Math.floor(toSecond)];
  const { least, most } = counts.between(from, to);
  const work = measurements.requests
    .filter(({ route, outcome }) => route === plan.elasticity?.route && outcome !== 'error')
    .reduce((sum, column) => sum + totalBetween(column, from, to), 0);
  return {
    replicaSeconds: least,
    ...(most > least ? { upToReplicaSeconds: most } : {}),
    work,
    ...(work === 0 ? {} : { secondsPer1000: (least * 1000) / work }),
  };
}
