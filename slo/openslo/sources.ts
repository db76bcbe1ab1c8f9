/** Metric sources: what `metricSource.type` may be here, and what its `spec` may say. */
import { z } from 'zod';
import { type FaultKind, faultKinds } from '../../profiles/faults.ts';
import { drillFigureNames } from '../drills/figures.ts';
import { elasticityNeeds } from '../elasticity/needs.ts';
import { pageMetrics, visitors } from '../pages/types.ts';

const atLeastMultiplier = z.number().positive().optional();
/** What a numerator counts; a total has none. */
const outcome = z.enum(['good', 'bad']).optional();

const specs = {
  /** Requests of a service (`"*"`: of all), or whole journeys, as the generator counted them. */
  k6: z.strictObject({
    service: z.string().optional(),
    kind: z.enum(['read', 'write']).optional(),
    route: z.string().optional(),
    journey: z.string().optional(),
    outcome,
    underMs: z.number().positive().optional(),
    atLeastMultiplier,
  }),
  /** One-second probes of a service, beside the load. Each is one occurrence: OpenSLO has no unit for seconds. */
  probe: z.strictObject({ service: z.string(), outcome, atLeastMultiplier }),
  /** A figure that the system states during the load, or (census) that an audit finds after it. */
  reading: z.strictObject({
    reading: z.string().min(1),
    census: z.boolean().optional(),
    withFaults: z.literal(true).optional(),
    needs: z.enum(elasticityNeeds).optional(),
    atLeastMultiplier,
  }),
  /** A figure over the faults that a profile injects. */
  drill: z.strictObject({
    figure: z.enum(drillFigureNames),
    fault: z.enum(Object.keys(faultKinds) as FaultKind[]).optional(),
  }),
  /** What browsers tell in beacons of the Faro Web SDK. */
  Faro: z.strictObject({
    metric: z.enum([...pageMetrics, 'sessions']),
    outcome,
    aggregate: z.literal('mean').optional(),
    page: z.string().min(1).optional(),
    visitors: z.enum(visitors).optional(),
    atLeastMultiplier,
  }),
  /** The other blocking objectives. */
  objectives: z.strictObject({ outcome, atLeastMultiplier }),
  /** What a Prometheus server answers to a query in its own language. */
  Prometheus: z.strictObject({ query: z.string().trim().min(1, 'write a query') }),
} as const;

export type SourceType = keyof typeof specs;
export type SourceSpec<T extends SourceType> = z.infer<(typeof specs)[T]>;

/** A metric source that is measured here; `dataSource` is the document that it refers to. */
export type MetricSource = {
  [T in SourceType]: {
    readonly type: T;
    readonly spec: SourceSpec<T>;
    readonly dataSource?: { readonly name: string; readonly url?: string };
  };
}[SourceType];

export const sourceTypes = Object.keys(specs) as readonly SourceType[];

export function isSourceType(type: string): type is SourceType {
  return Object.hasOwn(specs, type);
}

export function specOf(type: SourceType): z.ZodType<SourceSpec<SourceType>> {
  return specs[type];
}

export const sourceFields: readonly string[] = Object.values(specs).flatMap((spec) =>
  Object.keys(spec.shape),
);
