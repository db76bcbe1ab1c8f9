/** From measurements to what is said about them. Pure: a run and its evaluation from files end in the same bytes. */
import { present } from '../reports/model.ts';
import type { ReportModel } from '../reports/types.ts';
import type { Comparison } from '../slo/compare/types.ts';
import { evaluate } from '../slo/evaluate.ts';
import { gate, isBlocking } from '../slo/gate.ts';
import type { Measurements } from '../slo/measurements.ts';
import type { Decision, Policy, Verdict } from '../slo/types.ts';
import type { Manifest, RunInputs } from './store/manifest.ts';

export interface Conclusion {
  readonly measurements: Measurements;
  readonly verdict: Verdict;
  readonly decision: Decision;
  readonly model: ReportModel;
}

/** @throws PeakproofError NO_OBJECTIVES. */
export function conclude(
  { plan, objectives, suite }: RunInputs,
  manifest: Manifest,
  measurements: Measurements,
  policy: Policy,
  comparison?: Comparison,
): Conclusion {
  const verdict = evaluate({ plan, objectives, measurements, blocking: isBlocking(policy) });
  const decision = gate(verdict, policy);
  const { startedAtMs } = measurements;
  const run = {
    id: manifest.id,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    command: manifest.command,
    seed: manifest.seed,
    toolVersions: manifest.toolVersions,
    host: manifest.host,
  };
  const model = present({
    verdict,
    decision,
    plan,
    measurements,
    suite,
    run,
    ...(comparison === undefined ? {} : { comparison }),
  });
  return { measurements, verdict, decision, model };
}
