import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../../runner/collect/events.ts';
import { ReplicaTable } from '../../../../runner/collect/replica-table.ts';
import { replicasOn, startReplicaReadings } from '../../../../runner/collect/replicas.ts';

const deployments = [
  '# TYPE kube_deployment_status_replicas_ready gauge',
  'kube_deployment_status_replicas_ready{namespace="shop",deployment="payment"} 3',
  'kube_deployment_status_replicas_ready{namespace="shop",deployment="order"} 2',
  'kube_deployment_status_replicas_ready{namespace="test",deployment="payment"} 9',
].join('\n');

test.each([
  ['replicas 2\n', 'replicas', {}, 2],
  ['replicas{service="a"} 0\n', 'replicas', {}, 0],
  [deployments, 'kube_deployment_status_replicas_ready', { deployment: 'payment', namespace: 'shop' }, 3],
  [deployments, 'kube_deployment_status_replicas_ready', { namespace: 'shop' }, 5],
])('%j of %s is read', (page, metric, labels, count) => {
  expect(replicasOn(page, metric, labels)).toBe(count);
});

test.each([
  ['', {}],
  ['replicas NaN', {}],
  ['replicas -1', {}],
  ['old_replicas 5', {}],
  ['replicas{name="pay"} 5', { name: 'payment' }],
  ['replicas{surname="pay"} 5', { name: 'pay' }],
])('%j is no reading', (page, labels) => {
  expect(replicasOn(page, 'replicas', labels)).toBeUndefined();
});

const server = createServer((request, response) => {
  response.writeHead(request.url === '/good' ? 200 : 500).end('replicas 4\n');
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  vi.useRealTimers();
  server.close();
});

test('one record holds all services that told', async () => {
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const gauge = (path: string) => ({ url: `http://${host}/${path}`, metric: 'replicas', labels: {} });
  const replicaGauges = { payment: gauge('good'), order: gauge('broken') };
  const seen: RunEvent[] = [];
  const stop = startReplicaReadings({ replicaGauges, allow: [host], headers: {} }, (event) =>
    seen.push(event),
  );
  await vi.advanceTimersByTimeAsync(1000);
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  stop();
  expect(seen[0]).toMatchObject({ type: 'replicas', counts: { payment: 4 } });
});

test('a host that is not allowed is not asked', () => {
  const replicaGauges = { payment: { url: 'http://127.0.0.1:1/metrics', metric: 'replicas', labels: {} } };
  expect(() => startReplicaReadings({ replicaGauges, allow: [], headers: {} }, () => {})).toThrow(
    'HOST_NOT_ALLOWED',
  );
});

test('seconds without a reading stay empty, and what lies outside the plan is left out', () => {
  const table = new ReplicaTable(3);
  table.add({ payment: 9 }, -1);
  table.add({ payment: 1 }, 0);
  table.add({ payment: 2, order: 1 }, 2);
  table.add({ payment: 9 }, 3);
  expect(table.series).toEqual([
    { service: 'payment', counts: [1, null, 2] },
    { service: 'order', counts: [null, null, 1] },
  ]);
});
