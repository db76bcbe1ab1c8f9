/**
 * What an operator's monitoring of a process would see, on the service's own port only: 200 while it is well, 503
 * with the reason while it is not. Each looks for itself; none is told by a fault that it is active.
 */
import { getHeapStatistics } from 'node:v8';
import type { FastifyInstance } from 'fastify';
import { DurableLog } from './durable-log.ts';
import { HttpError, notFound, unavailable } from './errors.ts';
import type { Workshop } from './kit.ts';

/** A service holds 10 to 25 MB. */
const muchMemoryMb = 64;
const slowDependencyMs = 200;
const wrongClockMs = 1_000;

type Look = () => string | undefined | Promise<string | undefined>;

export function addMonitoring(
  app: FastifyInstance,
  workshop: Workshop,
  { probePath, own }: { readonly probePath: string; readonly own: Readonly<Record<string, Look>> },
): void {
  const looks: Readonly<Record<string, Look>> = {
    memory: () => {
      const usedMb = getHeapStatistics().used_heap_size / 2 ** 20;
      return usedMb > muchMemoryMb ? `holds ${Math.round(usedMb)} MB` : undefined;
    },
    clock: () => {
      const skewMs = workshop.kit.nowMs() - Date.now();
      return Math.abs(skewMs) > wrongClockMs ? `is ${skewMs} ms off` : undefined;
    },
    replication: () => {
      const lagMs = Math.max(0, ...workshop.stores.map((store) => store.lagMs));
      return lagMs > 0 ? `reads are ${lagMs} ms behind` : undefined;
    },
    release: () => {
      const { releases } = workshop.kit.conditions;
      return releases > 1 ? `${releases} releases answer` : undefined;
    },
    dependencies: () => unwell(workshop.dependencies),
    disk: diskLook(workshop, probePath),
    ...own,
  };
  app.get('/internal/monitoring/:what', async (request) => {
    const { what } = request.params as { what: string };
    const look = Object.hasOwn(looks, what) ? looks[what] : undefined;
    if (!look) throw notFound(what);
    const complaint = await look();
    if (complaint) throw unavailable(complaint);
    return { well: true };
  });
}

/** Which dependency does not answer in time. */
async function unwell(dependencies: Workshop['dependencies']): Promise<string | undefined> {
  const complaints = await Promise.all(
    [...dependencies].map(async ([name, ask]) => {
      const startedAtMs = performance.now();
      const failure = await ask().then(
        () => undefined,
        (error: Error) => error.message,
      );
      const tookMs = Math.round(performance.now() - startedAtMs);
      return failure ?? (tookMs > slowDependencyMs ? `${name} took ${tookMs} ms` : undefined);
    }),
  );
  return complaints.find((complaint) => complaint !== undefined);
}

/** Writes to a file of its own, by the way that the service's records take. */
function diskLook({ kit, stores }: Workshop, probePath: string): Look {
  let log: DurableLog | undefined;
  return async () => {
    if (stores.length === 0) throw new HttpError(404, 'this service writes nothing');
    log ??= await DurableLog.open(probePath, { synced: false, conditions: kit.conditions });
    return log.append({}).then(
      () => undefined,
      (error: Error) => error.message,
    );
  };
}
