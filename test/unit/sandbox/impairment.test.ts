import { expect, test } from 'vitest';
import { parseImpairment } from '../../../sandbox/impairment.ts';
import { impair } from '../../../sandbox/kit/impair.ts';

test('reads latency and errors', () => {
  expect(parseImpairment('payment:latency=900ms')).toEqual({ service: 'payment', addedLatencyMs: 900 });
  expect(parseImpairment('payment:latency=+20%')).toEqual({ service: 'payment', addedLatencyShare: 0.2 });
  expect(parseImpairment('event-bus:errors=20%')).toEqual({ service: 'event-bus', errorShare: 0.2 });
  expect(parseImpairment('storefront:page-load=+2000ms')).toEqual({
    service: 'storefront',
    pageLoadDelayMs: 2000,
  });
});

test.each([
  ['payment', 'SERVICE:latency=NUMBERms'],
  ['payment:latency=900', 'SERVICE:latency=NUMBERms'],
  ['payment:latency=20%', 'SERVICE:latency=+NUMBER%'],
  ['payment:latency=+1001%', 'more than +1000 %'],
  ['payments:errors=20%', "'payments'"],
  ['payment:errors=101%', 'more than 100 %'],
  ['payment:page-load=+2000ms', 'only the storefront has pages'],
  ['storefront:page-load=2000ms', 'SERVICE:latency=NUMBERms'],
  ['storefront:page-load=+60001ms', 'more than 60000 ms'],
  ['payment:latency=60001ms', 'more than 60000 ms'],
])('%s is refused with its reason', (text, reason) => {
  expect(parseImpairment(text)).toEqual({ reason: expect.stringContaining(reason) });
});

test('fails exactly the share that was ordered, spread evenly', async () => {
  const fail = impair([{ service: 'payment', errorShare: 0.2 }]);
  const failed: number[] = [];
  for (let index = 1; index <= 100; index += 1) await fail?.().catch(() => failed.push(index));
  expect(failed).toHaveLength(20);
  expect(failed.slice(0, 3)).toEqual([5, 10, 15]);
});

test('costs nothing when nothing was ordered', () => {
  expect(impair([])).toBeUndefined();
});
