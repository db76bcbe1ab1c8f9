/** A live view that also answers Prometheus. */
import type { LiveView } from '../types.ts';
import { createLiveMetrics } from './live-metrics.ts';
import { type MetricsServer, serveMetrics } from './server.ts';

/** Wraps a view: every snapshot reaches /metrics too. The server ends when `close` of the result is called. */
export async function withMetrics(
  view: LiveView,
  objectiveIds: readonly string[],
  port?: number,
): Promise<{ view: LiveView; server: MetricsServer }> {
  const metrics = createLiveMetrics(objectiveIds);
  const server = await serveMetrics(metrics.registry, port);
  return {
    server,
    view: {
      note: (message) => view.note(message),
      snapshot(snapshot) {
        metrics.record(snapshot);
        view.snapshot(snapshot);
      },
      close: () => view.close(),
    },
  };
}
