/** Which regressions a policy lets through. */
import { selects } from './selectors.ts';
import type { Decision, Objective, Policy, Regression } from './types.ts';

/**
 * A regression blocks unless it is within the tolerated shift, or everything it touches (its objective; else
 * all objectives of its service) is selected by the tolerance or does not block at all.
 */
export function sortRegressions(
  regressions: readonly Regression[],
  objectives: readonly Objective[],
  policy: Policy,
  blocks: (objective: Objective) => boolean,
): Decision['regressions'] {
  const { selectors = [] } = policy.toleratedRegressions ?? {};
  const letsThrough = (objective: Objective) =>
    !blocks(objective) || selectors.some((selector) => selects(selector, objective));
  const isTolerated = (regression: Regression) => {
    if (isWithinShift(regression, policy)) return true;
    const touched = objectives.filter(({ id, service }) =>
      regression.objectiveId === undefined ? service === regression.service : id === regression.objectiveId,
    );
    return touched.length > 0 && touched.every(letsThrough);
  };
  return {
    blocking: regressions.filter((regression) => !isTolerated(regression)),
    tolerated: regressions.filter(isTolerated),
  };
}

function isWithinShift({ kind, shiftShare }: Regression, { toleratedRegressions }: Policy): boolean {
  const most = toleratedRegressions?.[kind];
  return most !== undefined && shiftShare !== undefined && shiftShare <= most;
}
