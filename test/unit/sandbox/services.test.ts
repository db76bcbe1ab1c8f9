import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { busEvent } from '../../../sandbox/kit/bus.ts';
import type { Answer } from '../../../sandbox/kit/client.ts';
import { Pipeline } from '../../../sandbox/services/analytics.ts';
import { deliver, queueing } from '../../../sandbox/services/event-bus.ts';
import { isOn } from '../../../sandbox/services/feature-flags.ts';
import { discountCents } from '../../../sandbox/services/promotion.ts';
import { buildIndex, find } from '../../../sandbox/services/search.ts';
import { oversoldUnits } from '../../../sandbox/services/stock.ts';
import { isSigned } from '../../../sandbox/services/webhooks.ts';
import { renderPage } from '../../../sandbox/storefront/pages.ts';

test('the audit sees units that were sold twice, also if they came back later', () => {
  const grants = [
    { productId: 'a', units: 2 },
    { productId: 'a', units: 3 },
    { productId: 'a', units: -3 },
    { productId: 'b', units: 1 },
  ];
  expect(oversoldUnits(grants, () => 4)).toEqual({ oversoldUnits: 1, products: 2 });
  expect(oversoldUnits(grants, () => 5)).toEqual({ oversoldUnits: 0, products: 2 });
});

test('dashboards age until a heartbeat has passed the pipeline', () => {
  const pipeline = new Pipeline(0);
  pipeline.add([
    { type: 'page_view', atMs: 7_000 },
    { type: 'heartbeat', atMs: 8_000 },
  ]);
  expect(pipeline.ageSeconds(10_000)).toBe(10);
  pipeline.run();
  expect(pipeline.ageSeconds(10_000)).toBe(2);
  expect(pipeline.figures()).toEqual({ page_view: 1 });
});

test('the bus repeats a delivery that was not acknowledged, and only what was subscribed to', async () => {
  const deliveries: unknown[] = [];
  let isUp = false;
  const client = {
    async call<T>(_path: string, options?: { readonly body?: object }): Promise<Answer<T>> {
      deliveries.push(options?.body);
      if (!isUp) throw new Error('down');
      return { status: 202, body: {} as T };
    },
  };
  const state = queueing.create();
  const store = {
    state,
    note: (record: Parameters<typeof queueing.apply>[1]) => queueing.apply(state, record),
  };
  const placed = busEvent('order.placed', {});
  store.note({ event: 'published', events: [placed, busEvent('payment.updated', {})] });
  await expect(deliver(store, 'fulfillment', client)).rejects.toThrow('down');
  expect(state.fulfillment).toEqual([placed]);
  isUp = true;
  await deliver(store, 'fulfillment', client);
  expect(state.fulfillment).toEqual([]);
  expect(deliveries).toEqual([{ events: [placed] }, { events: [placed] }]);
});

test('a roll-out grows without taking the flag from anybody', () => {
  const customers = Array.from({ length: 2_000 }, (_, index) => `customer-${index}`);
  const at = (percent: number) => customers.filter((customer) => isOn('flag', percent, customer));
  expect(at(0)).toEqual([]);
  expect(at(100)).toEqual(customers);
  expect(at(25).filter((customer) => !isOn('flag', 50, customer))).toEqual([]);
  expect(at(25).length / customers.length).toBeCloseTo(0.25, 1);
});

test('discounts', () => {
  expect(discountCents('BLACK10', 999)).toBe(99);
  expect(discountCents('ALL99', 1000)).toBe(500);
  expect(discountCents(undefined, 1000)).toBe(0);
});

test('search finds products that have all known words, and something for the rest', () => {
  const product = (id: string, name: string) => ({ id, name, priceCents: 1, categoryId: 'c-01' });
  const lamp = product('1', 'Smart Lamp');
  const index = buildIndex([lamp, product('2', 'Smart Kettle'), product('3', 'Light Lamp')]);
  expect(find(index, 'lamp, smart')).toEqual([lamp]);
  expect(find(index, 'unheard-of')).not.toHaveLength(0);
  expect(find(buildIndex([]), 'lamp')).toEqual([]);
});

test('pages escape what they show', () => {
  expect(renderPage({ id: 'home', title: '<script>', content: [] })).toContain('<title>&lt;script&gt;');
});

test('a signature is held against the exact bytes', () => {
  const body = Buffer.from('{"id":"1"}');
  const signature = createHmac('sha256', 'secret').update(body).digest('hex');
  expect(isSigned(body, signature, 'secret')).toBe(true);
  expect(isSigned(Buffer.from('{"id": "1"}'), signature, 'secret')).toBe(false);
  expect(isSigned(body, undefined, 'secret')).toBe(false);
});
