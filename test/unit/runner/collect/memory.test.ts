import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunEvent } from '../../../../runner/collect/events.ts';
import { residentBytes, startMemoryReadings } from '../../../../runner/collect/memory.ts';

test.each([
  ['process_resident_memory_bytes 123456\n', 123456],
  ['# TYPE x gauge\nprocess_resident_memory_bytes{service="payment"} 1.5e+08\n', 1.5e8],
  ['process_resident_memory_bytes{pid="1"} 100\nprocess_resident_memory_bytes{pid="2"} 200\n', 300],
])('%j is read', (page, bytes) => {
  expect(residentBytes(page)).toBe(bytes);
});

test.each([
  '',
  '<html></html>',
  'process_resident_memory_bytes NaN',
  'process_resident_memory_bytes -1',
  'xprocess_resident_memory_bytes 5',
])('%j is no reading', (page) => {
  expect(residentBytes(page)).toBeUndefined();
});

const pages = {
  good: [200, 'process_resident_memory_bytes 5e7\n'],
  broken: [500, 'process_resident_memory_bytes 1\n'],
} as const;
const server = createServer((request, response) => {
  const [status, page] = pages[String(request.url).slice(1) as keyof typeof pages];
  response.writeHead(status).end(page);
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

test('a page that answers is a reading, one that fails is none', async () => {
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const metricsUrls = { payment: `http://${host}/good`, order: `http://${host}/broken` };
  const seen: RunEvent[] = [];
  const answered = new Promise<void>((done) =>
    server.once('request', (_, response) => response.once('close', done)),
  );
  const stop = startMemoryReadings({ metricsUrls, allow: [host], headers: {} }, (event) => seen.push(event));
  await vi.advanceTimersByTimeAsync(5000);
  await answered;
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  stop();
  expect(seen[0]).toMatchObject({
    type: 'reading',
    reading: 'memory-bytes:payment',
    value: 5e7,
    census: false,
  });
});

test('a host that is not allowed is not asked', () => {
  const target = { metricsUrls: { payment: 'http://127.0.0.1:1/metrics' }, allow: [], headers: {} };
  expect(() => startMemoryReadings(target, () => {})).toThrow('HOST_NOT_ALLOWED');
});
