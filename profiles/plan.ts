/** catalog × profile × target → LoadPlan: everything that will be sent, decided before anything is. */
import { requestsPerIteration, type ScenarioTraffic } from '../scenarios/model.ts';
import { PeakproofError } from '../scenarios/problem.ts';
import { arrivalOf } from './arrival.ts';
import { checkDuration, checkOptions } from './check-options.ts';
import { checkFaultTimes, planFaults } from './plan-faults.ts';
import type {
  Environment,
  LoadPlan,
  Phase,
  PhaseRole,
  PhaseSpec,
  PlanInput,
  PlannedScenario,
  Profile,
} from './types.ts';
import { isWarmUp, warmUpSeconds } from './warm-up.ts';

/** Makes the plan. Throws one PeakproofError that lists everything wrong with the combination. */
export function makePlan(input: PlanInput): LoadPlan {
  const { profile } = input;
  const ownPhases = phasesOf(profile, input.load, input.durationSeconds);
  const phases = extended(ownPhases, input.untilSeconds);
  const durationSeconds = phases.at(-1)?.endSecond ?? 0;
  const faults = planFaults(profile.faults ?? [], profile.phases, ownPhases);
  const problems = [
    ...checkOptions(input),
    ...(checkDuration(input).length > 0 ? [] : checkFaultTimes(profile, faults, durationSeconds)),
  ];
  if (problems.length > 0) throw new PeakproofError(problems);
  const chosen = Object.entries(input.traffic).filter(([name, scenario]) => isChosen(input, name, scenario));
  const scenarios = chosen.map(([name, scenario]) => planScenario(name, scenario, phases, input.environment));
  const routes = new Set(scenarios.flatMap((scenario) => Object.keys(scenario.requestsPerIteration)));
  return {
    version: 1,
    suite: input.suiteName,
    profile: profile.name,
    description: profile.description,
    selected: isSelective(input),
    seed: input.seed,
    environment: input.environment,
    durationSeconds,
    stopAtFailure: profile.stopAtFailure ?? false,
    ...earlyOf(input),
    phases,
    ...(faults.length === 0 ? {} : { faults }),
    ...(profile.faultsMayOverlap ? { faultsMayOverlap: true } : {}),
    ...(profile.abort === undefined ? {} : { abort: profile.abort }),
    ...(profile.elasticity === undefined ? {} : { elasticity: profile.elasticity }),
    scenarios,
    ...browsersOf(input),
    limitsMs: pick(input.limits.limitsMs, (key) => routes.has(key)),
    journeyLimitsMs: pick(input.limits.journeyLimitsMs, (key) => chosen.some(([name]) => name === key)),
  };
}

/** A profile that aborts at a failed objective is looked at as often as one with --fail-fast, and judged so. */
function earlyOf({ early, profile }: PlanInput): Pick<LoadPlan, 'early'> {
  if (!profile.abort?.atFailure) return early === undefined ? {} : { early };
  return { early: { whenDecided: early?.whenDecided ?? false, atFailure: true } };
}

/** A part of the traffic says nothing of how pages load beside all of it. */
function browsersOf(input: PlanInput): Pick<LoadPlan, 'browsers'> {
  const { browsers = 0 } = input.profile;
  return browsers === 0 || input.withoutBrowsers || isSelective(input) ? {} : { browsers };
}

function isSelective(input: PlanInput): boolean {
  return (input.services?.length ?? 0) + (input.journeys?.length ?? 0) > 0;
}

function isChosen(input: PlanInput, name: string, scenario: ScenarioTraffic): boolean {
  if (!isSelective(input)) return true;
  return scenario.kind === 'journey'
    ? (input.journeys ?? []).includes(name)
    : (input.services ?? []).includes(scenario.service ?? '');
}

/**
 * Lays the profile's phases on the clock. `load` stretches the multiples so that 1x stays 1x and the
 * highest becomes `load`; `durationSeconds` stretches every phase but the warm-up.
 */
function phasesOf(profile: Profile, load?: number, durationSeconds?: number): Phase[] {
  const highest = Math.max(...profile.phases.map((phase) => phase.multiplier));
  const scaled = (multiplier: number) => {
    if (load === undefined) return multiplier;
    if (highest <= 1) return load;
    return 1 + ((multiplier - 1) * (load - 1)) / (highest - 1);
  };
  const warmUp = warmUpSeconds(profile);
  const total = profile.phases.reduce((sum, phase) => sum + phase.seconds, 0);
  const stretch = durationSeconds === undefined ? 1 : (durationSeconds - warmUp) / (total - warmUp);
  let second = 0;
  let multiplier = scaled(profile.phases[0]?.multiplier ?? 1);
  return profile.phases.map((spec): Phase => {
    const startSecond = second;
    second += isWarmUp(spec) ? spec.seconds : spec.seconds * stretch;
    const toMultiplier = scaled(spec.multiplier);
    const fromMultiplier = spec.kind === 'hold' ? toMultiplier : multiplier;
    multiplier = toMultiplier;
    return {
      name: spec.name,
      kind: spec.kind,
      startSecond,
      endSecond: second,
      fromMultiplier,
      toMultiplier,
      role: roleOf(spec, toMultiplier),
    };
  });
}

/** The phases up to the last hold, which lasts until `untilSeconds`. */
function extended(phases: readonly Phase[], untilSeconds: number | undefined): Phase[] {
  if (untilSeconds === undefined) return [...phases];
  const last = phases.findLastIndex(({ kind, role }) => kind === 'hold' && role === 'judged');
  return phases
    .slice(0, last + 1)
    .map((phase, index) => (index === last ? { ...phase, endSecond: untilSeconds } : phase));
}

/** Promises are made up to ten times the normal load. */
const promisedMultiplier = 10;

function roleOf(spec: PhaseSpec, multiplier: number): PhaseRole {
  if (isWarmUp(spec)) return 'warm-up';
  return multiplier > promisedMultiplier ? 'beyond' : 'judged';
}

function planScenario(
  name: string,
  traffic: ScenarioTraffic,
  phases: readonly Phase[],
  environment: Environment,
): PlannedScenario {
  const arrival = arrivalOf(traffic, phases, environment.scale);
  const requests = requestsPerIteration(traffic);
  const requestCount = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const peakRate = Math.max(...arrival.map((point) => point.ratePerSecond));
  return {
    name,
    kind: traffic.kind,
    ...(traffic.service === undefined ? {} : { service: traffic.service }),
    arrival,
    vus: vusFor(peakRate, traffic.thinkSeconds + (requestCount * traffic.expectedLatencyMs) / 1000),
    traffic,
    requestsPerIteration: requests,
  };
}

/** Seconds that the system may stall before VUs run out and iterations are dropped. */
export const stallAllowanceSeconds = 1;

/** Little's law: concurrency = arrival rate × time in the system, with head-room for a stall. */
function vusFor(ratePerSecond: number, iterationSeconds: number): number {
  return Math.ceil(ratePerSecond * (iterationSeconds * 1.5 + stallAllowanceSeconds)) + 1;
}

function pick<T>(record: Readonly<Record<string, T>>, keep: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keep(key)));
}

/** Services that the plan sends requests to. */
export function servicesOf(plan: LoadPlan): ReadonlySet<string> {
  const routes = plan.scenarios.flatMap((scenario) => Object.keys(scenario.requestsPerIteration));
  return new Set(routes.map((key) => key.slice(0, key.indexOf('.'))));
}

/** The highest multiple of normal load that a plan comes to. */
export function highestMultiple({ phases }: Pick<LoadPlan, 'phases'>): number {
  return Math.max(0, ...phases.map((phase) => phase.toMultiplier));
}
