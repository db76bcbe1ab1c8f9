import { nearest } from '../scenarios/nearest.ts';
import { type Problem, problem } from '../scenarios/problem.ts';
import { checkFaults } from './plan-faults.ts';
import type { PlanInput } from './types.ts';
import { warmUpSeconds } from './warm-up.ts';

const longestSeconds = 86_400;

/** Everything wrong with a combination of options, at once. */
export function checkOptions(input: PlanInput): Problem[] {
  return [
    ...checkLoad(input),
    ...checkDuration(input),
    ...checkEarly(input),
    ...checkSelection(input),
    ...checkEnvironment(input),
    ...checkFaults(input),
    ...checkAbort(input),
  ];
}

function checkLoad({ load, profile }: PlanInput): Problem[] {
  if (load === undefined) return [];
  if (!(load >= 1 && load <= 10)) {
    return [
      problem('INVALID_OPTION', `--load ${load} is outside 1 to 10`, {
        remedy: 'Give a multiple of normal load from 1 to 10; beyond 10x there is --profile breakpoint.',
      }),
    ];
  }
  if (profile.stopAtFailure) {
    return [
      problem(
        'INVALID_OPTION',
        `--load does not go with --profile ${profile.name}, which raises the load until objectives fail`,
        {
          remedy: 'Leave out --load, or use --profile ramp.',
        },
      ),
    ];
  }
  return [];
}

/** Whether the profile can have the length that was asked for. */
export function checkDuration({ durationSeconds, profile }: PlanInput): Problem[] {
  if (durationSeconds === undefined) return [];
  const shortest = warmUpSeconds(profile) + profile.phases.length;
  if (durationSeconds >= shortest && durationSeconds <= longestSeconds) return [];
  return [
    problem(
      'INVALID_OPTION',
      `--duration ${durationSeconds}s is outside ${shortest}s to 24h for --profile ${profile.name}`,
      {
        remedy: 'Every phase needs at least about a second after the warm-up.',
      },
    ),
  ];
}

function checkEarly({ early, untilSeconds, durationSeconds, profile }: PlanInput): Problem[] {
  const problems: Problem[] = [];
  const refuse = (cause: string, remedy: string) =>
    problems.push(problem('INVALID_OPTION', cause, { remedy }));
  if (early !== undefined && profile.stopAtFailure) {
    const cause = `--profile ${profile.name} ends where objectives fail, and takes no --stop-when-decided, --fail-fast or --until-decided`;
    refuse(cause, 'Leave them out, or use another profile.');
  }
  if (untilSeconds === undefined) return problems;
  if (durationSeconds !== undefined) {
    refuse('--until-decided and --duration both set the length', 'Give one of them.');
  }
  const planned = profile.phases.reduce((sum, { seconds }) => sum + seconds, 0);
  if (!profile.phases.some(({ kind }) => kind === 'hold')) {
    refuse(`--profile ${profile.name} has no hold phase to extend`, 'Use a profile that holds a load.');
  } else if (untilSeconds < planned || untilSeconds > longestSeconds) {
    const cause = `--until-decided ${untilSeconds}s is outside ${planned}s to 24h for --profile ${profile.name}`;
    refuse(cause, 'Give a limit that is at least as long as the profile.');
  }
  return problems;
}

function checkSelection({ services = [], journeys = [], catalog, traffic }: PlanInput): Problem[] {
  const withTraffic = new Set(Object.values(traffic).flatMap((scenario) => scenario.service ?? []));
  const journeyNames = Object.keys(traffic).filter((name) => traffic[name]?.kind === 'journey');
  return [
    ...services.flatMap((name): Problem[] => {
      if (!Object.hasOwn(catalog, name))
        return [unknown('UNKNOWN_SERVICE', 'service', name, Object.keys(catalog))];
      return withTraffic.has(name)
        ? []
        : [problem('UNKNOWN_SERVICE', `service "${name}" has no traffic of its own`)];
    }),
    ...journeys.flatMap((name) =>
      journeyNames.includes(name) ? [] : [unknown('UNKNOWN_JOURNEY', 'journey', name, journeyNames)],
    ),
  ];
}

function checkEnvironment({ environment }: PlanInput): Problem[] {
  if (environment.scale > 0 && environment.scale <= 1) return [];
  return [
    problem(
      'INVALID_OPTION',
      `scale ${environment.scale} of target "${environment.name}" is outside 0 to 1`,
      {
        remedy: 'State the share of full-scale traffic that the target is sized for, for example 0.01.',
      },
    ),
  ];
}

function checkAbort({ profile }: PlanInput): Problem[] {
  const { errorShare, atFailure } = profile.abort ?? {};
  const problems: Problem[] = [];
  if (
    errorShare !== undefined &&
    !(errorShare.above > 0 && errorShare.above < 1 && errorShare.overSeconds >= 1)
  ) {
    const cause = `profile ${profile.name} aborts above an error share of ${errorShare.above} over ${errorShare.overSeconds} s`;
    const remedy = 'Give a share between 0 and 1, over at least one second.';
    problems.push(problem('INVALID_FAULT', cause, { remedy }));
  }
  if (atFailure && profile.stopAtFailure) {
    const cause = `profile ${profile.name} ends where objectives fail in two ways`;
    problems.push(
      problem('INVALID_FAULT', cause, { remedy: 'Leave out `abort.atFailure` or `stopAtFailure`.' }),
    );
  }
  return problems;
}

function unknown(
  code: 'UNKNOWN_SERVICE' | 'UNKNOWN_JOURNEY',
  what: string,
  name: string,
  known: readonly string[],
): Problem {
  const close = nearest(name, known);
  const hint = close === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${close}"?`;
  return problem(code, `there is no ${what} "${name}"`, { remedy: hint });
}
