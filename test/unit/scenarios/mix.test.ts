import { describe, expect, it } from 'vitest';
import { captured, filled, hasMarks, isServed, type MixRequest, markOf } from '../../../scenarios/mix.ts';

const request: MixRequest = {
  route: 'GET /',
  method: 'POST',
  path: `/payments/${markOf('id')}/capture`,
  headers: { 'idempotency-key': `key-${markOf('fresh')}` },
  body: `{"id":"${markOf('id')}"}`,
  expect: [],
};

describe('filled', () => {
  it('puts values in the place of marks, percent-encoded so that they lead nowhere else', () => {
    expect(filled(request, { id: 'a/../b', fresh: '7' })).toMatchObject({
      path: '/payments/a%2F..%2Fb/capture',
      headers: { 'idempotency-key': 'key-7' },
      body: '{"id":"a%2F..%2Fb"}',
    });
  });

  it('leaves nothing for a value that never came', () => {
    expect(filled(request, {}).path).toBe('/payments//capture');
  });

  it('hands back what has no marks', () => {
    const plain = { ...request, path: '/', headers: {}, body: '' };
    expect(hasMarks(plain)).toBe(false);
    expect(filled(plain, {})).toBe(plain);
  });
});

it('captured takes texts out of a JSON answer, and nothing out of anything else', () => {
  const asking = { ...request, captures: [{ name: 'id', keys: ['payment', 'id'] }] };
  expect(captured(asking, '{"payment":{"id":"p-1"}}')).toEqual({ id: 'p-1' });
  expect(captured(asking, '{"payment":{"id":5}}')).toEqual({});
  expect(captured(asking, '{"payment":null}')).toEqual({});
  expect(captured(asking, 'not JSON')).toEqual({});
});

it('isServed holds a status against what is expected, or takes any 2xx', () => {
  expect([200, 204, 302, 404, 500].map((status) => isServed(request, status))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(isServed({ ...request, expect: [404] }, 404)).toBe(true);
  expect(isServed({ ...request, expect: [404] }, 200)).toBe(false);
});
