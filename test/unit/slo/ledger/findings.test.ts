import { describe, expect, it } from 'vitest';
import { copiesIn, listFinding, paramsOf, readFinding } from '../../../../slo/ledger/findings.ts';

const entry = { kind: 'order', atMs: 1, id: 'o-1', ref: 'r-1', customer: 7, totalCents: 100 };
const read = {
  route: 'order.get',
  params: { orderId: 'id' },
  about: { id: 'id' },
  equal: { totalCents: 'totalCents' },
};
const list = { route: 'order.list', params: {}, about: { of: 'customer' }, list: 'orders' };
const find = { ...list, match: { reference: 'ref' }, fullAt: 2 };

const failed = (cause: string) => ({ standing: 'unread', code: 'READ_BACK_FAILED', cause });
const foreign = (route: string) => ({
  standing: 'unread',
  code: 'READ_BACK_FOREIGN',
  cause: `${route} answered about something else than it was asked for`,
});

describe('an acknowledged entry', () => {
  it.each([
    ['as acknowledged', 200, { id: 'o-1', totalCents: 100 }, { standing: 'present' }],
    ['with another total', 200, { id: 'o-1', totalCents: 99 }, { standing: 'altered' }],
    ['with a total of another type', 200, { id: 'o-1', totalCents: '100' }, { standing: 'altered' }],
    ['without its total', 200, { id: 'o-1' }, { standing: 'altered' }],
    ['not there', 404, { message: 'no' }, { standing: 'absent' }],
    ['as another order', 200, { id: 'o-2', totalCents: 100 }, foreign('order.get')],
    ['as nothing in particular', 200, {}, foreign('order.get')],
    ['in garbage', 200, undefined, failed('order.get answered 200 without a JSON object')],
    ['in a list', 200, [], failed('order.get answered 200 without a JSON object')],
    ['in a failure', 500, { id: 'o-1', totalCents: 100 }, failed('order.get answered 500')],
    ['behind a redirect', 302, {}, failed('order.get answered 302')],
    ['to nobody', 401, {}, failed('order.get answered 401')],
  ])('%s', (_, status, body, finding) => {
    expect(readFinding(read, entry, { status, body })).toEqual(finding);
  });

  it('may be absent by another status', () => {
    const gone = { ...read, absentStatus: [410] };
    expect(readFinding(gone, entry, { status: 410, body: {} })).toEqual({ standing: 'absent' });
    expect(readFinding(gone, entry, { status: 404, body: {} })).toEqual(failed('order.get answered 404'));
  });

  it('is asked for with its own values, and not at all without them', () => {
    expect(paramsOf({ route: 'x.y', params: { a: 'id', b: 'customer' } }, entry)).toEqual({
      a: 'o-1',
      b: '7',
    });
    expect(paramsOf({ route: 'x.y', params: { a: 'id', b: 'nothing' } }, entry)).toBeUndefined();
  });
});

describe('an entry that was never acknowledged', () => {
  it.each([
    [
      'among others',
      { of: 7, orders: [{ reference: 'r-0' }, { reference: 'r-1' }] },
      { standing: 'present' },
    ],
    ['not among others', { of: 7, orders: [{ reference: 'r-0' }] }, { standing: 'absent' }],
    ['in an empty list', { of: 7, orders: [] }, { standing: 'absent' }],
    [
      'perhaps pushed out of a full list',
      { of: 7, orders: [{ reference: 'r-0' }, null] },
      failed('order.list listed only the newest 2'),
    ],
    ['in the list of another customer', { of: 8, orders: [{ reference: 'r-1' }] }, foreign('order.list')],
    ['without a list', { of: 7 }, failed('order.list answered without a list of orders')],
  ])('%s', (_, body, finding) => expect(listFinding(find, entry, { status: 200, body })).toEqual(finding));
});

describe('copies', () => {
  it('are counted, none where the list is not there, and unknown where nobody can tell', () => {
    expect(copiesIn(list, entry, { status: 200, body: { of: 7, orders: [{}, {}] } })).toBe(2);
    expect(copiesIn(list, entry, { status: 404, body: {} })).toBe(0);
    expect(copiesIn(list, entry, { status: 503, body: {} })).toEqual(failed('order.list answered 503'));
  });
});
