/**
 * OpenSLO v1 (github.com/OpenSLO/OpenSLO) as far as it is evaluated here. Fields of the standard that are not
 * evaluated are known to the schema, so that they are refused by name (unsupported.ts) rather than as typing errors.
 */
import { z } from 'zod';
import { metricSource, sourceFields } from './sources.ts';

const name = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'use lower-case letters, digits and hyphens');

const metadata = z.strictObject({
  name,
  displayName: z.string().min(1).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

const metric = z.strictObject({ metricSource });

const indicatorSpec = z.strictObject({
  description: z.string().optional(),
  thresholdMetric: metric.optional(),
  ratioMetric: z
    .strictObject({
      counter: z.boolean().optional(),
      good: metric.optional(),
      total: metric.optional(),
      bad: z.unknown().optional(),
      raw: z.unknown().optional(),
      rawType: z.unknown().optional(),
    })
    .optional(),
});

const indicator = z.strictObject({ metadata, spec: indicatorSpec });

const apiVersion = z.literal('openslo/v1');

export const sliDocument = z.strictObject({
  apiVersion,
  kind: z.literal('SLI'),
  metadata,
  spec: indicatorSpec,
});

const timeWindow = z.strictObject({
  // A month, quarter or year is no fixed number of days; OpenSLO has no unit for seconds.
  duration: z.string().regex(/^[1-9]\d*[mhdw]$/, 'use minutes, hours, days or weeks, for example 30d'),
  isRolling: z.boolean().optional(),
  calendar: z.unknown().optional(),
});

const share = z.number().gt(0).lt(1);

const objective = z.strictObject({
  displayName: z.string().optional(),
  op: z.enum(['lt', 'lte', 'gt', 'gte']).optional(),
  value: z.number().optional(),
  target: share.optional(),
  targetPercent: z.number().gt(0).lt(100).optional(),
  timeSliceTarget: z.unknown().optional(),
  timeSliceWindow: z.unknown().optional(),
  compositeWeight: z.unknown().optional(),
  indicator: z.unknown().optional(),
  indicatorRef: z.unknown().optional(),
});

export const sloDocument = z.strictObject({
  apiVersion,
  kind: z.literal('SLO'),
  metadata,
  spec: z.strictObject({
    description: z.string().optional(),
    service: z.string(),
    indicator: indicator.optional(),
    indicatorRef: z.string().optional(),
    timeWindow: z.array(timeWindow).length(1, 'name exactly one time window'),
    budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
    objectives: z.array(objective).min(1, 'name an objective'),
    alertPolicies: z.array(z.unknown()).optional(),
  }),
});

export type SliDocument = z.infer<typeof sliDocument>;
export type SloDocument = z.infer<typeof sloDocument>;
export type IndicatorSpec = z.infer<typeof indicatorSpec>;

/** Every field name there is, to guess from when one is mistyped. */
export const knownFields: readonly string[] = [
  ...[metadata, metric, indicatorSpec, indicatorSpec.shape.ratioMetric.unwrap(), sloDocument].flatMap(
    fieldsOf,
  ),
  ...[sloDocument.shape.spec, timeWindow, objective].flatMap(fieldsOf),
  ...sourceFields,
];

function fieldsOf(schema: { readonly shape: Readonly<Record<string, unknown>> }): string[] {
  return Object.keys(schema.shape);
}
