import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { withMetrics } from '../../../../runner/metrics/index.ts';
import { serveMetrics } from '../../../../runner/metrics/server.ts';
import type { LiveSnapshot } from '../../../../runner/types.ts';
import { PeakproofError } from '../../../../scenarios/problem.ts';

const snapshot: LiveSnapshot = {
  second: 3,
  durationSeconds: 10,
  phase: 'peak',
  multiplier: 10,
  plannedRequestsPerSecond: 310,
  achievedRequestsPerSecond: 308,
  p95Ms: 48,
  requests: 900,
  errors: 3,
  dropped: 2,
  vus: 56,
  objectives: { held: ['cart-latency'], atRisk: ['order-latency'], broken: ['payment-latency'] },
};

const states = (state: string, payment: number, order: number): string[] =>
  Object.entries({ 'payment-latency': payment, 'order-latency': order, 'unheard-of': 0 }).map(
    ([id, value]) => `peakproof_objective_state{objective="${id}",state="${state}"} ${value}`,
  );

it('passes everything on and serves the last snapshot, all objectives with it', async () => {
  const seen: unknown[] = [];
  const base = {
    note: (message: string) => seen.push(message),
    snapshot: (now: LiveSnapshot) => seen.push(now),
    close: () => seen.push('closed'),
  };
  const { view, server } = await withMetrics(base, ['payment-latency', 'order-latency', 'unheard-of'], 0);
  view.note('hello');
  view.snapshot({ ...snapshot, phase: 'night' });
  view.snapshot(snapshot);
  view.close();
  expect(seen).toEqual(['hello', { ...snapshot, phase: 'night' }, snapshot, 'closed']);
  const response = await fetch(server.url);
  const text = await response.text();
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(samples).toEqual([
    'peakproof_planned_requests_per_second 310',
    'peakproof_achieved_requests_per_second 308',
    'peakproof_request_duration_seconds{quantile="0.95"} 0.048',
    'peakproof_load_multiplier{phase="peak"} 10',
    'peakproof_requests 900',
    'peakproof_request_errors 3',
    'peakproof_dropped_iterations 2',
    'peakproof_vus 56',
    'peakproof_machine_busy_ratio Nan',
    ...states('held', 0, 0),
    ...states('at_risk', 0, 1),
    ...states('broken', 1, 0),
  ]);
  expect((await fetch(new URL('/', server.url))).status).toBe(404);
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});

it('takes a free port if the usual one is taken, and refuses if the one asked for is', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as AddressInfo;
  const error = await serveMetrics(new Registry(), port).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PeakproofError);
  expect((error as PeakproofError).problems[0]).toMatchObject({
    code: 'PORT_IN_USE',
    cause: `--metrics-port ${port} cannot be opened: EADDRINUSE`,
  });
  other.close();
  const [first, second] = [await serveMetrics(new Registry()), await serveMetrics(new Registry())];
  expect(first.url).not.toBe(second.url);
  await Promise.all([first.close(), second.close()]);
});
