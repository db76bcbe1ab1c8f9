/** page-load.json: what an observation saw, for programs. Figures are unrounded. */
import type { PageMeasurements } from '../../slo/pages/types.ts';
import type { Answer, Evidence } from '../../slo/types.ts';
import type { Observed } from './observe.ts';

export interface ObservationDocument {
  readonly version: 1;
  readonly startedAtMs?: number;
  readonly seconds: number;
  readonly objectives: readonly {
    readonly id: string;
    readonly answer: Answer;
    readonly reason: string;
    readonly evidence: Evidence;
  }[];
  readonly pages?: PageMeasurements;
}

export function observationDocument({ measurements, verdict }: Observed): ObservationDocument {
  const { startedAtMs, measuredSeconds, pages } = measurements;
  return {
    version: 1,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    seconds: measuredSeconds,
    objectives: verdict.objectives.map(({ objective: { id }, answer, reason, evidence }) => ({
      ...{ id, answer, reason, evidence },
    })),
    ...(pages === undefined ? {} : { pages }),
  };
}
