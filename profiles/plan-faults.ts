/** A profile's faults on the plan's clock, and everything wrong with them. */
import { nearest } from '../scenarios/nearest.ts';
import { type Problem, problem } from '../scenarios/problem.ts';
import { type FaultKind, type FaultSpec, faultKinds, type PlannedFault } from './faults.ts';
import type { Phase, PhaseSpec, PlanInput, Profile } from './types.ts';
import { warmUpSeconds } from './warm-up.ts';

/**
 * Lays faults on the clock: they move and stretch with the phases around them. Ids are unique and parameters
 * complete; a fault that is wrong is planned as it stands (`checkFaults` tells what is wrong with it).
 * @param specs the profile's phases.
 * @param phases the same ones where --duration has put them.
 */
export function planFaults(
  faults: readonly FaultSpec[],
  specs: readonly PhaseSpec[],
  phases: readonly Phase[],
): PlannedFault[] {
  const counts = new Map<string, number>();
  return faults.map((fault) => {
    const name = `${fault.service}-${fault.kind}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return {
      id: count === 1 ? name : `${name}-${count}`,
      service: fault.service,
      kind: fault.kind,
      startSecond: placed(fault.atSeconds, specs, phases),
      endSecond: placed(fault.atSeconds + fault.forSeconds, specs, phases),
      parameters: { ...defaultsOf(fault.kind), ...fault.parameters },
    };
  });
}

/** Where a second of the profile lies on the plan's clock; outside of the profile it keeps its distance to it. */
function placed(second: number, specs: readonly PhaseSpec[], phases: readonly Phase[]): number {
  let specStart = 0;
  for (const [index, { seconds }] of specs.entries()) {
    const { startSecond, endSecond } = phases[index] ?? { startSecond: 0, endSecond: 0 };
    if (second < specStart) break;
    if (second < specStart + seconds) {
      return startSecond + ((second - specStart) * (endSecond - startSecond)) / seconds;
    }
    specStart += seconds;
  }
  return second < 0 ? second : (phases.at(-1)?.endSecond ?? 0) + (second - specStart);
}

function defaultsOf(kind: FaultKind): Readonly<Record<string, number>> {
  return Object.hasOwn(faultKinds, kind) ? faultKinds[kind].parameters : {};
}

/** What is wrong with the faults of a profile whatever its length. */
export function checkFaults({ profile, catalog }: PlanInput): Problem[] {
  const { faults = [], stopAtFailure } = profile;
  const problems = faults.flatMap((fault) => checkFault(fault, Object.keys(catalog)));
  if (faults.length === 0 || !stopAtFailure) return problems;
  const cause = `profile ${profile.name} both injects faults and ends where objectives fail`;
  const remedy = 'Leave out `faults` or `stopAtFailure`: a drill that is cut short proves nothing.';
  return [...problems, problem('INVALID_FAULT', cause, { remedy })];
}

/** What is wrong with where faults lie in a plan that ends at `endSecond`. */
export function checkFaultTimes(
  profile: Profile,
  planned: readonly PlannedFault[],
  endSecond: number,
): Problem[] {
  return [
    ...planned.flatMap((fault) => checkTimes(fault, warmUpSeconds(profile), endSecond)),
    ...(profile.faultsMayOverlap ? [] : checkOverlaps(planned)),
  ];
}

function checkFault({ kind, service, parameters = {} }: FaultSpec, services: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (!services.includes(service)) {
    problems.push(
      problem('UNKNOWN_SERVICE', `there is no service "${service}" to break`, hint(service, services)),
    );
  }
  if (!Object.hasOwn(faultKinds, kind)) {
    const kinds = Object.keys(faultKinds);
    return [...problems, problem('INVALID_FAULT', `there is no kind of fault "${kind}"`, hint(kind, kinds))];
  }
  const known = Object.keys(faultKinds[kind].parameters);
  for (const [name, value] of Object.entries(parameters)) {
    const what = `${service}-${kind}: `;
    if (!known.includes(name)) {
      const cause = `${what}there is no parameter "${name}"`;
      problems.push(problem('INVALID_FAULT', cause, known.length === 0 ? {} : hint(name, known)));
    } else if (!isInRange(name, value)) {
      problems.push(problem('INVALID_FAULT', `${what}${name} ${value} is outside ${rangeOf(name)}`));
    }
  }
  return problems;
}

/** A parameter's unit stands in its name: shares end at 1, everything else is an amount. */
function isShare(name: string): boolean {
  return /share$/i.test(name);
}

function isInRange(name: string, value: number): boolean {
  return Number.isFinite(value) && value >= 0 && (!isShare(name) || value <= 1);
}

function rangeOf(name: string): string {
  return isShare(name) ? '0 to 1' : '0 and more';
}

function hint(name: string, known: readonly string[]): { remedy: string } {
  const close = nearest(name, known);
  return { remedy: close === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${close}"?` };
}

/** What is seen during the warm-up is not judged: a fault there would prove nothing. */
function checkTimes({ id, startSecond, endSecond }: PlannedFault, from: number, to: number): Problem[] {
  const isInside = startSecond >= from && endSecond <= to;
  if (isInside && endSecond > startSecond) return [];
  const span = `${rounded(startSecond)} s to ${rounded(endSecond)} s`;
  return [
    problem(
      'INVALID_FAULT',
      isInside ? `${id} lasts no time: ${span}` : `${id} (${span}) is outside of the plan`,
      {
        remedy: `Faults lie between the warm-up's end and the plan's: ${rounded(from)} s to ${rounded(to)} s.`,
      },
    ),
  ];
}

/** Less is a rounding error between two faults of which one begins as the other ends. */
const touchingSeconds = 1e-6;

function checkOverlaps(planned: readonly PlannedFault[]): Problem[] {
  const inOrder = [...planned].sort((a, b) => a.startSecond - b.startSecond);
  return inOrder.flatMap((fault, index) => {
    const before = inOrder
      .slice(0, index)
      .find(({ endSecond }) => endSecond - fault.startSecond > touchingSeconds);
    if (before === undefined) return [];
    const remedy = 'Move them apart, or say `faultsMayOverlap: true` in the profile.';
    return [problem('INVALID_FAULT', `${fault.id} begins while ${before.id} lasts`, { remedy })];
  });
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
