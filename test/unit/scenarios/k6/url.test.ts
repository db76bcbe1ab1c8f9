import { describe, expect, it } from 'vitest';
import { encodeQuery, urlBuilder } from '../../../../scenarios/k6/url.ts';

describe('urlBuilder', () => {
  it('fills in every param', () => {
    const url = urlBuilder('cart.putLine', 'http://shop:1', '/cart/:cartId/lines/:productId');
    expect(url({ cartId: 'c1', productId: 'p1' })).toBe('http://shop:1/cart/c1/lines/p1');
  });

  it('leaves a path without params as it is', () => {
    expect(urlBuilder('storefront.home', 'http://shop:1', '/')()).toBe('http://shop:1/');
  });

  it('lets no value lead to another path or host', () => {
    const url = urlBuilder('order.get', 'http://shop:1', '/order/:orderId');
    expect(url({ orderId: '../../@evil.example/?x#y' })).toBe(
      'http://shop:1/order/..%2F..%2F%40evil.example%2F%3Fx%23y',
    );
  });

  it('names route and param if a value is missing', () => {
    const url = urlBuilder('order.get', 'http://shop:1', '/order/:orderId');
    expect(() => url({})).toThrow('order.get: no value for :orderId');
  });
});

describe('encodeQuery', () => {
  it('encodes every name and value', () => {
    expect(encodeQuery({ a: 1, 'b c': 'x y&z' })).toBe('?a=1&b%20c=x%20y%26z');
  });

  it('is empty where nothing is asked', () => {
    expect(encodeQuery({})).toBe('');
  });
});
