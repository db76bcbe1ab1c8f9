/** catalog × profile × target → LoadPlan: everything that will be sent, decided before anything is. */
import { requestsPerIteration, type ScenarioTraffic } from '../scenarios/model.ts';
import { PeakproofError } from '../scenarios/problem.ts';
import { arrivalOf } from './arrival.ts';
import { checkOptions } from './check-options.ts';
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
  const problems = checkOptions(input);
  if (problems.length > 0) throw new PeakproofError(problems);
  const phases = extended(phasesOf(input.profile, input.load, input.durationSeconds), input.untilSeconds);
  const chosen = Object.entries(input.traffic).filter(([name, scenario]) => isChosen(input, name, scenario));
  const scenarios = chosen.map(([name, scenario]) => planScenario(name, scenario, phases, input.environment));
  const routes = new Set(scenarios.flatMap((scenario) => Object.keys(scenario.requestsPerIteration)));
  return {
    version: 1,
    suite: input.suiteName,
    profile: input.profile.name,
    description: input.profile.description,
    selected: isSelective(input),
    seed: input.seed,
    environment: input.environment,
    durationSeconds: phases.at(-1)?.endSecond ?? 0,
    stopAtFailure: input.profile.stopAtFailure ?? false,
    ...(input.early === undefined ? {} : { early: input.early }),
    phases,
    scenarios,
    ...browsersOf(input),
    limitsMs: pick(input.limits.limitsMs, (key) => routes.has(key)),
    journeyLimitsMs: pick(input.limits.journeyLimitsMs, (key) => chosen.some(([name]) => name === key)),
  };
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
