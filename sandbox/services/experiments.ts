/** 23 A/B tests at once; a customer keeps the variant. Degradable: without an answer everybody sees the control. */
import { percentile } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';

const experimentIds = Array.from({ length: 23 }, (_, index) => `exp-${String(index + 1).padStart(2, '0')}`);

export function variantsOf(customer: string): Record<string, 'control' | 'treatment'> {
  return Object.fromEntries(
    experimentIds.map((id) => [id, percentile(`${id}:${customer}`) < 50 ? 'control' : 'treatment']),
  );
}

export const experiments = defineService({
  name: 'experiments',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 25, write: 25 } },
  start() {
    let exposures = 0;
    return {
      routes: {
        assign: ({ query }) => ({ assignments: variantsOf(query.customerId ?? 'anonymous') }),
        expose: (_request, reply) => {
          exposures += 1;
          return reply.code(202).send({ exposures });
        },
      },
    };
  },
});
