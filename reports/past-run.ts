/** An earlier run in short: what the history keeps of it, and what reports of later runs show. */
import { z } from 'zod';
import type { VerdictDocument } from './verdict-document.ts';

const answer = z.enum(['pass', 'fail', 'inconclusive']);
const count = z.int().min(0);
const share = z.number().min(0).max(1);

const pastPromise = z.object({
  id: z.string(),
  title: z.string(),
  standing: z.enum([...answer.options, 'none']),
  /** What was measured, as its report printed it. */
  figure: z.string(),
  goodShare: share.exactOptional(),
});

const pastObjective = z.object({
  id: z.string(),
  service: z.string(),
  answer,
  target: share,
  windowDays: z.number().min(0),
  total: count,
  /** Seldom whole where slices or burn rates are counted. */
  bad: z.number().min(0),
  goodShare: share.exactOptional(),
  /** False for what was counted whole or follows from other objectives: it has no error budget. */
  hasBudget: z.boolean(),
});

/** What a report shows of an earlier run. */
export const pastRunSchema = z.object({
  id: z.string(),
  /** ms since the epoch. */
  createdAtMs: z.number(),
  suite: z.string(),
  profile: z.string(),
  environment: z.string(),
  branch: z.string().exactOptional(),
  commit: z.string().exactOptional(),
  outcome: z.enum(['pass', 'fail', 'hold']),
  policy: z.string(),
  isPartial: z.boolean(),
  measuredSeconds: z.number().min(0),
  /** Multiples of normal load. */
  planned: z.number().min(0),
  held: z.number().min(0).exactOptional(),
  peakP99Ms: z.number().min(0).exactOptional(),
  promises: z.array(pastPromise),
});

/** What the history keeps beside: enough for trends and error budgets of every objective. */
export const recordedRunSchema = pastRunSchema.extend({ objectives: z.array(pastObjective) });

export type PastRun = z.infer<typeof pastRunSchema>;
export type RecordedRun = z.infer<typeof recordedRunSchema>;
export type PastObjective = RecordedRun['objectives'][number];

/** What run.json knows of a run beside its verdict. */
export interface RunOrigin {
  readonly createdAtMs: number;
  readonly source?: { readonly branch?: string; readonly commit?: string };
}

/** A run as the history keeps it, from its run.json and verdict.json. */
export function recordedRun({ createdAtMs, source }: RunOrigin, document: VerdictDocument): RecordedRun {
  const { run, suite, profile, environment, measuredSeconds, multiples, peak, decision } = document;
  return {
    id: run,
    createdAtMs,
    suite,
    profile,
    environment,
    ...source,
    outcome: decision.outcome,
    policy: decision.policy,
    isPartial: document.partial.length > 0,
    measuredSeconds,
    ...multiples,
    ...(peak === undefined ? {} : { peakP99Ms: peak.p99Ms }),
    promises: [...document.promises],
    objectives: document.objectives.map(({ burnRate, ...objective }) => ({
      id: objective.id,
      service: objective.service,
      answer: objective.answer,
      target: objective.target,
      windowDays: objective.windowDays,
      total: objective.total,
      bad: objective.bad,
      ...(objective.goodShare === undefined ? {} : { goodShare: objective.goodShare }),
      hasBudget: burnRate !== undefined,
    })),
  };
}

/** Whether two runs asked the same of the same system: suite, profile, environment and highest load. */
export function isComparable(a: Comparable, b: Comparable): boolean {
  return (['suite', 'profile', 'environment', 'planned'] as const).every((key) => a[key] === b[key]);
}

export type Comparable = Pick<PastRun, 'suite' | 'profile' | 'environment' | 'planned'>;
