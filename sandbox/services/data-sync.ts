/** Dual write of the transition: new records go to both sides; a background job reconciles the legacy side. */

import { BoundedMap } from '../kit/bounded.ts';
import { derivedId } from '../kit/ids.ts';
import { defineService } from '../kit/service.ts';

const reconcileMs = 500;
const rememberedRecords = 50_000;

export const dataSync = defineService({
  name: 'data-sync',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 40 } },
  start(kit) {
    const newSide = new BoundedMap<string, string>(rememberedRecords);
    const legacySide = new BoundedMap<string, string>(rememberedRecords);
    let diverged: string[] = [];
    const write = (id: string, record: string) => {
      newSide.set(id, record);
      diverged.push(id);
    };
    kit.every(reconcileMs, () => {
      for (const id of diverged) legacySide.set(id, newSide.get(id) ?? '');
      diverged = [];
    });
    return {
      onEvents(events) {
        for (const { id, data } of events) write(id, JSON.stringify(data));
      },
      routes: {
        replicate: ({ body }, reply) => {
          const record = JSON.stringify(body ?? null);
          const id = derivedId('rec', record);
          write(id, record);
          return reply.code(202).send({ id });
        },
        divergence: () => ({ records: newSide.size, diverged: diverged.length }),
      },
    };
  },
});
