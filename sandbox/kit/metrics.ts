/** Prometheus metrics of one service: its own registry in its own worker. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Autoscaler } from './autoscaler.ts';
import type { Slots } from './slots.ts';

export interface Metrics {
  /** Answers the function that records requests of a route; made once, so that a request looks up no labels. */
  forRoute(route: string): (durationMs: number, status: number) => void;
  text(): Promise<string>;
  readonly contentType: string;
}

export function serviceMetrics(service: string, slots: Slots, autoscaler: Autoscaler): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  const registers = [registry];
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to answer',
    labelNames: ['route'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1, 2, 5],
    registers,
  });
  const failures = new Counter({
    name: 'http_server_errors_total',
    help: 'Answers with a 5xx status',
    labelNames: ['route'],
    registers,
  });
  gauge('replicas', 'Replicas that work', () => autoscaler.replicas);
  gauge('slots', 'Requests that can be worked on at once', () => slots.capacity);
  gauge('queued_requests', 'Requests that wait for a slot', () => slots.queued);

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }

  return {
    forRoute(route) {
      const routeDuration = duration.labels(route);
      const routeFailures = failures.labels(route);
      // A counter that only appears with what it counts cannot say that there was none.
      routeFailures.inc(0);
      duration.zero({ route });
      return (durationMs, status) => {
        routeDuration.observe(durationMs / 1000);
        if (status >= 500) routeFailures.inc();
      };
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
