import { describe, expect, test } from 'vitest';
import type { Catalog, Service } from '../../../../scenarios/model.ts';
import { calleesOf, explain } from '../../../../slo/compare/attribution.ts';
import type { Change } from '../../../../slo/compare/types.ts';

function service(calls: readonly string[], edge: Service['edge'] = 'direct'): Service {
  return { description: '', tier: 'critical', team: '', calls, edge, health: '/health', routes: {} };
}

const catalog: Catalog = {
  front: service(['cart']),
  cart: service(['products']),
  products: service([]),
  a: service(['b']),
  b: service(['a']),
  gateway: service([]),
  shop: service([], 'gateway'),
};

function slower(name: string, before: number, low: number, high: number): Change {
  const shift = (low + high) / 2;
  return {
    kind: 'latency',
    service: name,
    standing: 'worse',
    before,
    after: before + shift,
    shift,
    low,
    high,
  };
}

const failing = (name: string): Change => ({ kind: 'errors', service: name, standing: 'worse' });

function causes(...worse: readonly Change[]): Record<string, readonly string[]> {
  return Object.fromEntries([...explain(catalog, worse)].map(([{ service }, found]) => [service, found]));
}

test('callees are found through others, circles and the gateway', () => {
  expect([...calleesOf(catalog, 'front')]).toEqual(['cart', 'products']);
  expect([...calleesOf(catalog, 'a')]).toEqual(['b']);
  expect([...calleesOf(catalog, 'shop')]).toEqual(['gateway']);
  expect([...calleesOf(catalog, 'nobody')]).toEqual([]);
});

describe('a slower caller', () => {
  test('is explained where it gained no more ms than its callee', () => {
    expect(causes(slower('products', 20, 8, 12), slower('cart', 50, 7, 11))).toEqual({
      products: [],
      cart: ['products'],
    });
  });

  test('is explained where it asks its callee often: it gained more ms, but no larger share', () => {
    expect(causes(slower('products', 20, 8, 12), slower('cart', 100, 28, 34))).toMatchObject({
      cart: ['products'],
    });
  });

  test('is its own where it gained more, in ms and in proportion', () => {
    expect(causes(slower('products', 20, 8, 12), slower('cart', 50, 40, 50))).toMatchObject({ cart: [] });
  });

  test('names the beginning of a chain only', () => {
    const found = causes(
      slower('products', 20, 8, 12),
      slower('cart', 50, 7, 11),
      slower('front', 90, 8, 12),
    );
    expect(found).toEqual({ products: [], cart: ['products'], front: ['products'] });
  });
});

test('errors of a caller are explained by errors or slowness of its callee', () => {
  expect(causes(failing('products'), failing('cart'))).toMatchObject({ cart: ['products'] });
  expect(causes(slower('products', 20, 900, 1000), failing('cart'))).toMatchObject({ cart: ['products'] });
});

test('services that call each other are each a beginning', () => {
  expect(causes(slower('a', 20, 8, 12), slower('b', 20, 8, 12))).toEqual({ a: [], b: [] });
});
