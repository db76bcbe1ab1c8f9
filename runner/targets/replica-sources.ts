/** Where a target's services tell how many replicas they have, and what they may cost: the part `replicas` of a target file. */
import { z } from 'zod';
import type { CountedReplicas } from '../../profiles/types.ts';

export const replicasSchema = z
  .strictObject({
    services: z
      .record(
        z.string(),
        z.strictObject({
          /** Address of a page in Prometheus' text format. */
          metrics: z.string(),
          /** The gauge on it; several samples of it are added up. */
          metric: z
            .string()
            .regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'must be the name of a metric')
            .optional(),
          /** Only samples with these labels, where one page tells of several services. */
          labels: z.record(z.string(), z.string()).optional(),
        }),
      )
      .refine((services) => Object.keys(services).length > 0, 'name at least one service'),
    budgetSecondsPer1000: z.number().positive('must be above 0').optional(),
  })
  .optional();

type ReplicasPart = NonNullable<z.infer<typeof replicasSchema>>;

/** A gauge on a metrics page that says how many replicas a service has. */
export interface ReplicaGauge {
  readonly url: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What the stand-in's own pages call it. */
export const defaultReplicaMetric = 'replicas';

/** The gauges of the services whose addresses were found in order. */
export function replicaGauges(
  replicas: ReplicasPart,
  found: readonly { readonly service: string; readonly url: string }[],
): Record<string, ReplicaGauge> {
  return Object.fromEntries(
    found.map(({ service, url }) => {
      const { metric = defaultReplicaMetric, labels = {} } = replicas.services[service] ?? {};
      return [service, { url, metric, labels }];
    }),
  );
}

/** What a plan knows of it. */
export function countedReplicas({ services, budgetSecondsPer1000 }: ReplicasPart): CountedReplicas {
  return {
    services: Object.keys(services),
    ...(budgetSecondsPer1000 === undefined ? {} : { budgetSecondsPer1000 }),
  };
}
