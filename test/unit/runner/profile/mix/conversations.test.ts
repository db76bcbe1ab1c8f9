import { describe, expect, it } from 'vitest';
import { conversationsOf, withRecordedKeys } from '../../../../../runner/profile/mix/conversations.ts';
import type { RecordedExchange } from '../../../../../runner/profile/mix/record.ts';
import { captured, filled } from '../../../../../scenarios/mix.ts';

const exchange = (changes: Partial<RecordedExchange>): RecordedExchange => ({
  method: 'POST',
  path: '/pay',
  headers: {},
  body: '',
  status: 201,
  answer: '{}',
  ...changes,
});
const pay = (id: string, key: string) =>
  exchange({ headers: { 'idempotency-key': key }, answer: JSON.stringify({ id, status: 'authorized' }) });
const capture = (id: string) => exchange({ path: `/pay/${id}/capture`, status: 200 });
const named = (exchanges: readonly RecordedExchange[]) =>
  conversationsOf(exchanges, (method, path) => `${method} ${path}`);

describe('conversationsOf', () => {
  it('keeps what needs an earlier answer together, however interleaved it was recorded', () => {
    const conversations = named([
      pay('pay_1', 'k1'),
      pay('pay_11111', 'k2'),
      capture('pay_11111'),
      pay('pay_22222', 'k3'),
      capture('pay_22222'),
    ]);
    expect(
      conversations.map((items) => items.map(({ method, expect: [status] }) => `${method} ${status}`)),
    ).toEqual([['POST 201'], ['POST 201', 'POST 200'], ['POST 201', 'POST 200']]);
  });

  it('takes ids from the new answer when it is repeated, and makes keys new', () => {
    const [conversation = []] = named([pay('pay_11111', 'k1'), capture('pay_11111')]);
    const [first, second] = conversation;
    if (first === undefined || second === undefined) throw new Error('two requests were recorded');
    const values = { fresh: '42', ...captured(first, '{"id":"pay_99999"}') };
    expect(filled(first, values).headers['idempotency-key']).toBe('k1-42');
    expect(filled(second, values).path).toBe('/pay/pay_99999/capture');
  });

  it('does not take an id that begins another one for it', () => {
    expect(named([pay('pay_11111', 'k1'), capture('pay_111112')])).toHaveLength(2);
  });

  it('keeps retries under one key together', () => {
    const [conversation = []] = named([pay('pay_11111', 'k1'), pay('pay_11111', 'k1')]);
    expect(conversation).toHaveLength(2);
    const keys = conversation.map((item) => filled(item, { fresh: '7' }).headers['idempotency-key']);
    expect(keys).toEqual(['k1-7', 'k1-7']);
    expect(withRecordedKeys(conversation).map(({ headers }) => headers['idempotency-key'])).toEqual([
      'k1',
      'k1',
    ]);
  });

  it('does not tie requests by what was read: products are there in each run', () => {
    const list = exchange({
      method: 'GET',
      path: '/products',
      status: 200,
      answer: '[{"id":"product-12345"}]',
    });
    expect(named([list, exchange({ method: 'GET', path: '/products/product-12345' })])).toHaveLength(2);
  });
});
