/** 23 A/B tests at once; a customer keeps the variant. Degradable: without an answer everybody sees the control. */
import { percentile } from '../kit/ids.ts';
import { defineService, withBody } from '../kit/service.ts';
import { Splits } from './splits.ts';

const experimentIds = Array.from({ length: 23 }, (_, index) => `exp-${String(index + 1).padStart(2, '0')}`);
const treatmentPercent = 50;

export function variantsOf(customer: string): Record<string, 'control' | 'treatment'> {
  return Object.fromEntries(
    experimentIds.map((id) => [
      id,
      percentile(`${id}:${customer}`) < 100 - treatmentPercent ? 'control' : 'treatment',
    ]),
  );
}

export const experiments = defineService({
  name: 'experiments',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 25, write: 25 } },
  start() {
    const exposed = new Splits();
    return {
      routes: {
        assign: ({ query }) => ({ assignments: variantsOf(query.customerId ?? 'anonymous') }),
        // What customers have seen, not what they were assigned: only that tells whether a variant loses its own.
        expose: withBody({ customerId: 'string', assignments: 'object' }, ({ body }, reply) => {
          const assignments = body.assignments as Readonly<Record<string, unknown>>;
          for (const id of experimentIds) {
            if (!Object.hasOwn(assignments, id)) continue;
            exposed.note(id, treatmentPercent / 100, body.customerId, assignments[id] === 'treatment');
          }
          return reply.code(202).send({ accepted: true });
        }),
        splits: () => ({ splits: exposed.list() }),
      },
    };
  },
});
