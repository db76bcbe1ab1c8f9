/** Metric sources of ours: what `metricSource.type` may be, and what its `spec` may say. */
import { z } from 'zod';

const atLeastMultiplier = z.number().positive().optional();
const outcome = z.literal('good').optional();

/** Requests of a service (`"*"`: of all), or whole journeys, as the generator counted them. */
const k6 = z.strictObject({
  type: z.literal('k6'),
  spec: z.strictObject({
    service: z.string().optional(),
    kind: z.enum(['read', 'write']).optional(),
    route: z.string().optional(),
    journey: z.string().optional(),
    outcome,
    underMs: z.number().positive().optional(),
    atLeastMultiplier,
  }),
});

/** One-second probes of a service, beside the load. Each is one occurrence: OpenSLO has no unit for seconds. */
const probe = z.strictObject({
  type: z.literal('probe'),
  spec: z.strictObject({ service: z.string(), outcome, atLeastMultiplier }),
});

/** A figure that the system states during the load, or (census) that an audit finds after it. */
const reading = z.strictObject({
  type: z.literal('reading'),
  spec: z.strictObject({ reading: z.string().min(1), census: z.boolean().optional(), atLeastMultiplier }),
});

/** The other blocking objectives. */
const objectives = z.strictObject({
  type: z.literal('objectives'),
  spec: z.strictObject({ outcome, atLeastMultiplier }),
});

/** A query in PromQL that gives one series. */
export const prometheus = z.strictObject({
  type: z.literal('Prometheus'),
  spec: z.strictObject({ query: z.string().trim().min(1, 'write a query') }),
});

export const metricSource = z.discriminatedUnion('type', [k6, probe, reading, objectives, prometheus]);
export type MetricSource = z.infer<typeof metricSource>;

export const sourceFields: readonly string[] = [k6, probe, reading, objectives].flatMap((source) => [
  ...Object.keys(source.shape),
  ...Object.keys(source.shape.spec.shape),
]);
