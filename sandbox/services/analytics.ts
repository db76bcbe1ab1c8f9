/**
 * Ingests events and serves live dashboards. Events wait in a buffer until the next run of the pipeline
 * makes them visible. `ageSeconds` is how far the dashboards lag: now minus the time of the newest visible
 * heartbeat, which the event bus sends each second through the same path, so that the age is defined
 * without traffic and grows when bus or pipeline stand still.
 */
import type { BusEvent } from '../kit/bus.ts';
import { defineService } from '../kit/service.ts';

const pipelineMs = 500;
/** Events one run of the pipeline can take; what is beyond waits and ages. */
const eventsPerRun = 5_000;

export class Pipeline {
  #buffer: { readonly type: string; readonly atMs: number }[] = [];
  readonly #figures = new Map<string, number>();
  #heartbeatAtMs: number;

  constructor(nowMs: number) {
    this.#heartbeatAtMs = nowMs;
  }

  add(events: readonly { readonly type: string; readonly atMs: number }[]): void {
    this.#buffer.push(...events);
  }

  run(): void {
    for (const { type, atMs } of this.#buffer.splice(0, eventsPerRun)) {
      if (type === 'heartbeat') this.#heartbeatAtMs = Math.max(this.#heartbeatAtMs, atMs);
      else this.#figures.set(type, (this.#figures.get(type) ?? 0) + 1);
    }
  }

  ageSeconds(nowMs: number): number {
    return Math.max(0, nowMs - this.#heartbeatAtMs) / 1000;
  }

  figures(): Record<string, number> {
    return Object.fromEntries(this.#figures);
  }
}

/** Clients send a batch `{events: […]}` or a single event; anything is counted by its type, unknown ones together. */
function ingested(body: unknown, nowMs: number): Pick<BusEvent, 'type' | 'atMs'>[] {
  const batch = (body as { events?: unknown } | undefined)?.events;
  const known = ['page_view', 'add_to_cart', 'search', 'click', 'app_start'];
  return (Array.isArray(batch) ? batch : [body]).map((event) => {
    const type = (event as { type?: unknown } | undefined)?.type;
    return { type: typeof type === 'string' && known.includes(type) ? type : 'other', atMs: nowMs };
  });
}

export const analytics = defineService({
  name: 'analytics',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 35 } },
  start(kit) {
    const pipeline = new Pipeline(Date.now());
    kit.every(pipelineMs, () => pipeline.run());
    return {
      onEvents: (events) => pipeline.add(events),
      routes: {
        ingest: ({ body }, reply) => {
          const events = ingested(body, Date.now());
          pipeline.add(events);
          return reply.code(202).send({ accepted: events.length });
        },
        dashboard: ({ params }) => ({
          id: params.dashboardId,
          figures: pipeline.figures(),
          ageSeconds: pipeline.ageSeconds(Date.now()),
        }),
        freshness: () => ({ ageSeconds: pipeline.ageSeconds(Date.now()) }),
      },
    };
  },
});
