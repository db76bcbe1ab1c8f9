/**
 * SLO and SLI of OpenSLO v1 (github.com/OpenSLO/OpenSLO). What is optional here and required there, or forbidden
 * only in some company, is checked where the documents become objectives, so that lenient mode can forgive it.
 */
import { z } from 'zod';
import { alertPolicyEntry } from './alert-schema.ts';
import { duration, fixedDuration } from './durations.ts';
import { apiVersion, description, metadata, name } from './metadata.ts';

const metricSource = z.strictObject({
  metricSourceRef: name.optional(),
  type: z.string().min(1).optional(),
  spec: z.record(z.string(), z.unknown()),
});

const metric = z.strictObject({ metricSource });

const ratioMetric = z.strictObject({
  counter: z.boolean().optional(),
  good: metric.optional(),
  bad: metric.optional(),
  total: metric.optional(),
  raw: metric.optional(),
  rawType: z.enum(['success', 'failure']).optional(),
});

const indicatorSpec = z.strictObject({
  description,
  thresholdMetric: metric.optional(),
  ratioMetric: ratioMetric.optional(),
});

const indicator = z.strictObject({ metadata, spec: indicatorSpec });

export const sliDocument = z.strictObject({
  apiVersion,
  kind: z.literal('SLI'),
  metadata,
  spec: indicatorSpec,
});

const calendar = z.strictObject({
  startTime: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/, 'use YYYY-MM-DD hh:mm:ss, without a zone'),
  timeZone: z.string().min(1),
});

const timeWindow = z.strictObject({
  duration,
  isRolling: z.boolean().optional(),
  calendar: calendar.optional(),
});

const unprovable = 'too big: 100 % leaves no error budget, and no sample can prove it';

const objective = z.strictObject({
  displayName: z.string().min(1).optional(),
  op: z.enum(['lt', 'lte', 'gt', 'gte']).optional(),
  value: z.number().optional(),
  target: z.number().gt(0).lt(1, unprovable).optional(),
  targetPercent: z.number().gt(0).lt(100, unprovable).optional(),
  timeSliceTarget: z.number().gt(0).lte(1).optional(),
  timeSliceWindow: z
    .union([fixedDuration, z.number().positive()], 'use minutes, hours, days or weeks, for example 1m')
    .optional(),
  indicator: indicator.optional(),
  indicatorRef: name.optional(),
  compositeWeight: z.number().positive().optional(),
});

export const sloDocument = z.strictObject({
  apiVersion,
  kind: z.literal('SLO'),
  metadata,
  spec: z.strictObject({
    description,
    service: z.string().min(1),
    indicator: indicator.optional(),
    indicatorRef: name.optional(),
    timeWindow: z.array(timeWindow).length(1, 'name exactly one time window').optional(),
    budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']).optional(),
    objectives: z.array(objective).min(1, 'name an objective'),
    // The key without a value means none, as the official examples write it.
    alertPolicies: z.array(alertPolicyEntry).nullish(),
  }),
});

export type SliDocument = z.infer<typeof sliDocument>;
export type SloDocument = z.infer<typeof sloDocument>;
export type SloSpec = SloDocument['spec'];
export type SloObjective = SloSpec['objectives'][number];
export type TimeWindow = NonNullable<SloSpec['timeWindow']>[number];
export type IndicatorSpec = z.infer<typeof indicatorSpec>;
export type RatioMetric = z.infer<typeof ratioMetric>;
export type RawMetricSource = z.infer<typeof metricSource>;

export const sloFields: readonly string[] = [
  metricSource,
  metric,
  ratioMetric,
  indicatorSpec,
  indicator,
  calendar,
  timeWindow,
  objective,
  sloDocument,
  sloDocument.shape.spec,
].flatMap((schema) => Object.keys(schema.shape));
