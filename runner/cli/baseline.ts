/** The run that a rehearsal is to be compared with: found, read and held against the plan before any load. */
import type { LoadPlan } from '../../profiles/types.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { LeastEffect } from '../../slo/compare/types.ts';
import { checkBaseline, readComparedRun } from '../compare.ts';
import { findLatestLike, findRun } from '../store/find-run.ts';
import type { RehearsalRequest } from '../types.ts';
import type { RehearseOptions } from './options.ts';

export type Baseline = NonNullable<RehearsalRequest['baseline']>;

/**
 * Undefined if none was asked for.
 * @throws PeakproofError RUN_NOT_FOUND, RUN_ALTERED, RUN_FORMAT_UNKNOWN or RUNS_NOT_COMPARABLE.
 */
export function findBaseline(
  options: RehearseOptions,
  plan: LoadPlan,
  leastEffect: LeastEffect,
): Baseline | undefined {
  if (options.baseline === undefined) return undefined;
  const { suite, profile, environment } = plan;
  const origin = { suite, profile, target: environment.name };
  const run = readComparedRun(
    options.baseline === 'latest' ? findLatestLike(origin) : findRun(options.baseline),
  );
  checkBaseline(run, plan);
  return { run, leastEffect };
}

/** A tag is looked for beside folder names and paths, so that it must not read like a path. */
export function checkTag(tag: string): void {
  if (/^[\w][\w.+-]*$/.test(tag) && tag !== 'latest') return;
  throw new PeakproofError(
    problem('INVALID_OPTION', `--tag cannot be "${tag}"`, {
      remedy: 'Use letters, digits, dots, dashes and underscores; `latest` has its own meaning.',
    }),
  );
}
