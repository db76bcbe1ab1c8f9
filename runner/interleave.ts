/** Rehearses two systems that take turns within one span of time: each is a run of its own, with its folder. */
import { interleave } from '../profiles/interleave.ts';
import { PeakproofError } from '../scenarios/problem.ts';
import type { ComparedRun, LeastEffect } from '../slo/compare/types.ts';
import { readComparedRun } from './compare.ts';
import { silentView } from './live/index.ts';
import { rehearse } from './rehearse.ts';
import type { RehearsalRequest, RehearsalResult, RunningTarget } from './types.ts';

/** The system that takes turns with the candidate, and from when on a change matters. */
export interface OtherSide {
  readonly target: RunningTarget;
  readonly leastEffect: LeastEffect;
}

/**
 * Resolves with the candidate's result, compared with the baseline's, once both are on disk; the baseline's
 * folder is named after the candidate's. What went wrong with the baseline costs the comparison, not the verdict.
 * @throws PeakproofError as `rehearse` does for the candidate.
 */
export async function rehearseInTurns(request: RehearsalRequest, other: OtherSide): Promise<RehearsalResult> {
  const { plan, runFolder } = request;
  const baseline = rehearse({
    ...request,
    plan: interleave({ ...plan, environment: other.target.environment }, 'baseline'),
    target: other.target,
    runFolder: `${runFolder}-baseline`,
    isUsualFolder: false,
    live: silentView,
  });
  const run = baseline.then(
    (ended): ComparedRun => readComparedRun(ended.runFolder),
    () => undefined,
  );
  const candidate = rehearse({
    ...request,
    plan: interleave(plan, 'candidate'),
    baseline: { run, leastEffect: other.leastEffect },
  });
  const [ofBaseline, ofCandidate] = await Promise.allSettled([baseline, candidate]);
  if (ofCandidate.status === 'rejected') throw ofCandidate.reason;
  return withProblemsOf(ofBaseline, ofCandidate.value);
}

function withProblemsOf(
  baseline: PromiseSettledResult<RehearsalResult>,
  candidate: RehearsalResult,
): RehearsalResult {
  if (baseline.status === 'rejected' && !(baseline.reason instanceof PeakproofError)) throw baseline.reason;
  const problems = baseline.status === 'rejected' ? baseline.reason.problems : baseline.value.problems;
  if (problems.length === 0) return candidate;
  const exitCode = candidate.exitCode === 0 ? new PeakproofError(problems).exitCode : candidate.exitCode;
  return { ...candidate, exitCode, problems: [...candidate.problems, ...problems] };
}
