/** The system that takes turns with the candidate: chosen and checked before anything is started. */
import { servicesOf } from '../../profiles/plan.ts';
import type { Profile } from '../../profiles/types.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { planDifferences } from '../../slo/compare/comparable.ts';
import { checkAddresses } from '../targets/addresses.ts';
import { type ChosenTarget, chooseTarget } from '../targets/choose.ts';
import type { LoadedSuite } from '../types.ts';
import type { RehearseOptions } from './options.ts';
import type { Prepared } from './prepare.ts';

/**
 * Undefined if none was asked for.
 * @throws PeakproofError with everything wrong about it.
 */
export async function chooseOtherSide(
  suite: LoadedSuite,
  options: RehearseOptions,
  { plan, profile }: Prepared,
): Promise<ChosenTarget | undefined> {
  if (options.interleave === undefined) return undefined;
  const { confirmTarget } = options;
  const target = await chooseTarget(suite, { target: options.interleave, confirmTarget }, process.env);
  const { environment } = target;
  const problems: Problem[] = [
    ...(target.unconfirmed === undefined ? [] : [target.unconfirmed]),
    ...(target.needsAddresses ? checkAddresses(environment, servicesOf(plan)) : []),
    ...planDifferences({ ...plan, environment }, plan).map((reason) =>
      problem('RUNS_NOT_COMPARABLE', reason),
    ),
    ...contradictions(options, profile),
  ];
  if (problems.length > 0) throw new PeakproofError(problems);
  return target;
}

function contradictions({ baseline }: RehearseOptions, profile: Profile): Problem[] {
  const withBaseline = problem('INVALID_OPTION', '--interleave does not go with --baseline', {
    remedy: 'Leave out one of them: with --interleave the other system is the baseline.',
  });
  const withStop = problem(
    'INVALID_OPTION',
    `--interleave does not go with --profile ${profile.name}, which one side would end before the other`,
    { remedy: 'Choose a profile that always runs to its end.' },
  );
  const withFaults = problem(
    'INVALID_OPTION',
    `--interleave does not go with --profile ${profile.name}, whose faults would hit both sides' turns`,
    { remedy: 'Choose a profile without faults, or rehearse one system after the other.' },
  );
  return [
    ...(baseline === undefined ? [] : [withBaseline]),
    ...(profile.stopAtFailure ? [withStop] : []),
    ...((profile.faults ?? []).length > 0 ? [withFaults] : []),
  ];
}
