import { highestMultiple } from '../profiles/plan.ts';
import type { LoadPlan } from '../profiles/types.ts';
import { isComparable, type PastRun, pastRunSchema } from '../reports/past-run.ts';
import { readHistory } from './store/history.ts';

/** More would not fit beside each other on a page. */
const mostRuns = 8;

/** The last runs in a folder that asked what this plan asks, the oldest first, as a report shows them. */
export function comparableRuns(runsFolder: string, plan: LoadPlan): PastRun[] {
  const asked = {
    suite: plan.suite,
    profile: plan.profile,
    environment: plan.environment.name,
    planned: highestMultiple(plan),
  };
  return readHistory(runsFolder)
    .runs.filter((run) => isComparable(run, asked))
    .slice(-mostRuns)
    .map((run) => pastRunSchema.parse(run));
}
