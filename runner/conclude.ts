/** From measurements to what is said about them. Pure: a run and its evaluation from files end in the same bytes. */
import { once } from '../reports/lazily.ts';
import { present } from '../reports/model.ts';
import type { ReportModel } from '../reports/types.ts';
import type { Comparison } from '../slo/compare/types.ts';
import { evaluate } from '../slo/evaluate.ts';
import { gate, isBlocking } from '../slo/gate.ts';
import type { Measurements } from '../slo/measurements.ts';
import type { Decision, Policy, Verdict } from '../slo/types.ts';
import type { Checksums } from './store/evidence.ts';
import type { Manifest, RunInputs } from './store/manifest.ts';

/** What the conclusion needs beside what was decided before the load and measured in it. */
export interface Circumstances {
  readonly policy: Policy;
  /** ms since the epoch, for the ends of waivers. */
  readonly nowMs: number;
  /** Asked at most once, and only if a report tells them: a day's log is hundreds of megabytes. */
  readonly checksums: () => Checksums;
  /** With the baseline that the rehearsal was given. */
  readonly comparison?: Comparison;
}

export interface Conclusion {
  readonly measurements: Measurements;
  readonly verdict: Verdict;
  readonly decision: Decision;
  readonly model: ReportModel;
}

/** @throws PeakproofError NO_OBJECTIVES or WAIVER_EXPIRED. */
export function conclude(
  { plan, objectives, suite, history }: RunInputs,
  manifest: Manifest,
  measurements: Measurements,
  { policy, nowMs, checksums, comparison }: Circumstances,
): Conclusion {
  const verdict = evaluate({
    ...{ plan, objectives, measurements, catalog: suite.catalog },
    blocking: isBlocking(policy),
    assumedDesignEffect: policy.assumedDesignEffect ?? 1,
  });
  const decision = gate(verdict, policy, { nowMs, regressions: comparison?.regressions ?? [] });
  const { startedAtMs } = measurements;
  const run = {
    id: manifest.id,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    command: manifest.command,
    seed: manifest.seed,
    toolVersions: manifest.toolVersions,
    host: manifest.host,
    source: manifest.source,
    sha256: once(checksums),
  };
  const compared = comparison === undefined ? {} : { comparison };
  const model = present({ verdict, decision, plan, measurements, suite, run, history, ...compared });
  return { measurements, verdict, decision, model };
}
