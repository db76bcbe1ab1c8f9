/** From the options of `plan` and `rehearse` to a plan: everything wrong with them is found here, at once. */
import { randomInt } from 'node:crypto';
import { makePlan, servicesOf } from '../../profiles/plan.ts';
import type { EarlyEnd, LoadPlan, Profile } from '../../profiles/types.ts';
import { whatWasMeant } from '../../scenarios/nearest.ts';
import { PeakproofError, type ProblemCode, problem } from '../../scenarios/problem.ts';
import { declaredLimits } from '../../slo/declared-limits.ts';
import type { Policy } from '../../slo/types.ts';
import { checkPlannedFaults, withPossibleFaults } from '../faults/check-faults.ts';
import { ProblemList } from '../problem-list.ts';
import { checkAddresses } from '../targets/addresses.ts';
import { type ChosenTarget, chooseTarget } from '../targets/choose.ts';
import { sandboxEnvironment } from '../targets/sandbox.ts';
import type { LoadedSuite } from '../types.ts';
import { profileWith, readExperiments, targetWith } from './chaos.ts';
import type { PlanOptions } from './options.ts';
import { parseMultiple, parseSeconds, parseWhole } from './values.ts';

export interface Prepared {
  readonly profile: Profile;
  readonly policy: Policy;
  readonly target: ChosenTarget;
  readonly plan: LoadPlan;
}

const largestSeed = 2 ** 31 - 1;

/** @throws PeakproofError with every problem of the combination. */
export async function prepare(
  suite: LoadedSuite,
  options: PlanOptions,
  env: NodeJS.ProcessEnv,
): Promise<Prepared> {
  const list = new ProblemList();
  const experiments =
    list.attempt(() =>
      readExperiments(options.chaos ?? [], { env, allowShell: options.chaosAllowShell === true }),
    ) ?? [];
  const wanted = list.attempt(() => profileWith(findProfile(suite, options.profile), experiments));
  const policy = list.attempt(() => findPolicy(suite, options.policy));
  const target = await list.attemptAsync(async () => {
    const { target, confirmTarget, sandboxImpair: impair, sandboxDefect: defects } = options;
    return targetWith(
      await chooseTarget(suite, { target, confirmTarget, impair, defects }, env),
      experiments,
    );
  });
  const { service = [], journey = [] } = options;
  const isPart = service.length + journey.length > 0;
  const profile = wanted && target ? withPossibleFaults(wanted, target.faults, isPart) : wanted;
  const numbers = parseNumbers(options, list);
  // Where a part is wrong, a stand-in for it lets the rest be checked too; the plan is then thrown away.
  const plan = list.attempt(() =>
    makePlan({
      suiteName: suite.suite.name,
      catalog: suite.suite.catalog,
      traffic: suite.suite.traffic,
      profile: profile ?? findProfile(suite, undefined),
      environment: target?.environment ?? sandboxEnvironment,
      services: service,
      journeys: journey,
      limits: declaredLimits(suite.objectives),
      ...numbers,
      withoutBrowsers: options.browser === false || suite.suite.browserScript === undefined,
      ...earlyOf(options),
    }),
  );
  if (plan && target?.needsAddresses) list.add(checkAddresses(target.environment, servicesOf(plan)));
  if (plan && target) list.add(await checkPlannedFaults(plan, target.faults, target.faultTarget));
  list.throwIfAny();
  if (!profile || !policy || !target || !plan) throw new Error('a missing part without a problem');
  return { profile, policy, target, plan };
}

/** Each number that can be read; the others are on the list. */
function parseNumbers(options: PlanOptions, list: ProblemList) {
  const parse = (text: string | undefined, parser: (text: string) => number) =>
    text === undefined ? undefined : list.attempt(() => parser(text));
  const load = parse(options.load, (text) => parseMultiple('--load', text));
  const durationSeconds = parse(options.duration, (text) => parseSeconds('--duration', text));
  const untilSeconds = parse(options.untilDecided, (text) => parseSeconds('--until-decided', text));
  const seed = parse(options.seed, (text) => parseWhole('--seed', text, 1, largestSeed));
  return {
    ...(load === undefined ? {} : { load }),
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(untilSeconds === undefined ? {} : { untilSeconds }),
    seed: seed ?? randomInt(1, largestSeed),
  };
}

function earlyOf({ stopWhenDecided, untilDecided, failFast }: PlanOptions): { early?: EarlyEnd } {
  const whenDecided = stopWhenDecided === true || untilDecided !== undefined;
  const atFailure = failFast === true;
  return whenDecided || atFailure ? { early: { whenDecided, atFailure } } : {};
}

function findProfile({ suite }: LoadedSuite, name = suite.defaultProfile): Profile {
  return findNamed('UNKNOWN_PROFILE', 'profile', suite.profiles, name);
}

const usualPolicy = 'rehearsal';

/** The policy that was named; else `rehearsal`, or the first one of a suite that has no such. */
export function findPolicy({ policies }: LoadedSuite, name: string | undefined): Policy {
  if (name !== undefined) return findNamed('UNKNOWN_POLICY', 'policy', policies, name);
  const usual = policies.find((policy) => policy.name === usualPolicy) ?? policies[0];
  if (usual) return usual;
  throw new PeakproofError(problem('INVALID_SUITE', 'the suite has no policy'));
}

function findNamed<T extends { readonly name: string }>(
  code: ProblemCode,
  what: string,
  items: readonly T[],
  name: string,
): T {
  const found = items.find((item) => item.name === name);
  if (found) return found;
  const remedy = whatWasMeant(
    name,
    items.map((item) => item.name),
  );
  throw new PeakproofError(problem(code, `there is no ${what} "${name}"`, { remedy }));
}
