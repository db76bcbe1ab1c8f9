/** Fields that OpenSLO has and this evaluator does not use: refused with a reason, never silently ignored. */
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { Path, YamlDocument } from './documents.ts';
import { pathText } from './issues.ts';
import type { SloDocument } from './schema.ts';

/** Everything in an SLO that would change its meaning if it were ignored. */
export function unsupportedIn({ spec }: SloDocument, document: YamlDocument): Problem[] {
  const { file } = document;
  const refuse = (path: Path, why: string) =>
    problem('UNSUPPORTED_OBJECTIVE', `${pathText(path)}: ${why}`, { file, line: document.lineOf(path) });
  const problems: Problem[] = [];
  if (spec.budgetingMethod !== 'Occurrences') {
    const why = `${spec.budgetingMethod} is not evaluated; uptime by time is Occurrences of one-second probes`;
    problems.push(refuse(['spec', 'budgetingMethod'], why));
  }
  if (spec.objectives.length > 1) {
    problems.push(refuse(['spec', 'objectives', 1], 'one objective per SLO; write another SLO document'));
  }
  if (spec.timeWindow[0]?.calendar !== undefined || spec.timeWindow[0]?.isRolling === false) {
    problems.push(
      refuse(['spec', 'timeWindow', 0], 'calendar windows are not evaluated; use isRolling: true'),
    );
  }
  if ((spec.alertPolicies?.length ?? 0) > 0) {
    problems.push(refuse(['spec', 'alertPolicies'], 'alert policies are not evaluated'));
  }
  for (const field of [
    'timeSliceTarget',
    'timeSliceWindow',
    'compositeWeight',
    'indicator',
    'indicatorRef',
  ] as const) {
    if (spec.objectives[0]?.[field] !== undefined) {
      problems.push(refuse(['spec', 'objectives', 0, field], `${field} is not evaluated`));
    }
  }
  return problems;
}
