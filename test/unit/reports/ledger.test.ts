import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { PlannedFault } from '../../../profiles/faults.ts';
import { formats } from '../../../reports/formats.ts';
import { present } from '../../../reports/model.ts';
import schema from '../../../reports/schema/verdict.schema.json' with { type: 'json' };
import type { LedgerResult, LedgerSpan } from '../../../slo/ledger/result.ts';
import type { DrillRow } from '../../../slo/measurements.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { reportInput } from '../../fixtures/report-input.ts';

const none = { present: 0, altered: 0, absent: 0, unread: 0 };

function span(acknowledged: Partial<typeof none>, changes: Partial<LedgerSpan> = {}): LedgerSpan {
  return {
    attempts: { acknowledged: { ...none, ...acknowledged }, rejected: none, unknown: none },
    ...{ duplicated: 0, copiesUnread: 0, examples: [] },
    ...changes,
  };
}

const fault = (id: string, startSecond: number): PlannedFault => ({
  ...{ id, startSecond, endSecond: startSecond + 5 },
  ...{ service: 'order', kind: 'crash', parameters: {} },
});
const crash = fault('order-crash', 50);
const leak = fault('search-memory-leak', 80);
const drill: DrillRow = { fault: crash, driver: 'sandbox', injectedSecond: 50.5, problems: [] };

function modelOf(spans: readonly LedgerSpan[], changes: Partial<LedgerResult> = {}) {
  const ledger = {
    name: 'orders',
    write: 'order.place',
    settleSeconds: 5,
    spans,
    illegible: 0,
    gaps: [],
    ...changes,
  };
  const plan = { faults: [crash, leak] };
  return present(reportInput({ plan, measurements: { ledgers: [ledger], drills: [drill] } }));
}

const view = (...given: Parameters<typeof modelOf>) => modelOf(...given).ledgers[0];

const lossy = [
  span(
    { present: 40, absent: 2, altered: 1 },
    {
      fault: 'order-crash',
      lost: { firstSecond: 49.55, lastSecond: 50.25 },
      examples: [{ as: 'lost', ref: hostile, second: 49.55 }],
    },
  ),
  span({ present: 10 }, { fault: 'search-memory-leak' }),
];

describe('what was acknowledged', () => {
  it('is told around each drill, with the window and how far it reaches from the true begin of the fault', () => {
    const told = view(lossy);
    expect(told?.status.standing).toBe('fail');
    expect(told?.summary).toBe('53 orders were acknowledged: 50 are present, 3 lost, 0 unknown.');
    expect(told?.findings).toEqual([
      'Acknowledged orders lost around order-crash: 3, over a window of 700 ms, back to 950 ms before the fault began.',
    ]);
    expect(told?.classes.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['order-crash', '43', '40', '3', '0', '0', '0', '0', '700 ms'],
      ['search-memory-leak', '10', '10', '0', '0', '0', '0', '0', '–'],
    ]);
    expect(told?.classes.rows[0]?.[3]?.note).toBe('1 of them with other values');
  });

  it('reaches on after the begin of a fault that went on losing', () => {
    const lost = { firstSecond: 81, lastSecond: 84.5 };
    expect(view([span({ absent: 2 }, { fault: 'search-memory-leak', lost })])?.findings).toEqual([
      'Acknowledged orders lost around search-memory-leak: 2, over a window of 3.5 s, on to 4.5 s after it began.',
    ]);
  });

  it('is kept only where all of it was read', () => {
    expect(view([span({ present: 5 })])?.status.standing).toBe('pass');
    const unread = view([span({ present: 5, unread: 2 })], {
      gaps: [{ code: 'READ_BACK_FAILED', cause: 'order.get answered 500', count: 2 }],
    });
    expect(unread?.status.standing).toBe('inconclusive');
    expect(unread?.findings).toEqual(['READ_BACK_FAILED: order.get answered 500 (2 times).']);
    expect(view([span({ present: 5 })], { illegible: 1 })?.status.standing).toBe('inconclusive');
    expect(view([span({ present: 5 }, { copiesUnread: 1 })])?.status.standing).toBe('inconclusive');
    expect(view([span({})])?.status.standing).toBe('none');
    expect(view([span({})])?.summary).toContain('nothing can have been lost');
  });

  it('does not call a ledger without a legible line a day without orders', () => {
    const told = view([span({})], { illegible: 12 });
    expect(told?.status.standing).toBe('inconclusive');
    expect(told?.summary).toBe(
      'No orders are known to be acknowledged, but 12 acknowledgements may be missing from the ledger or unreadable in it: nothing is proven.',
    );
  });

  it('tells duplicates, and what is there although nobody was told', () => {
    const attempts = {
      acknowledged: { ...none, present: 3 },
      rejected: none,
      unknown: { ...none, present: 2 },
    };
    const told = view([{ ...span({}), attempts, duplicated: 1 }]);
    expect(told?.status.standing).toBe('fail');
    expect(told?.findings).toEqual([
      'Orders done more than once: 1.',
      'Orders that are there although nobody was told so: 2.',
    ]);
  });
});

describe('the recovery point of the first screen', () => {
  const figure = (...given: Parameters<typeof modelOf>) =>
    modelOf(...given).figures.find(({ label }) => label === 'Recovery point, worst');

  it('is the worst drill, with how many were lost', () => {
    expect(figure(lossy)).toMatchObject({ value: '700 ms', note: '3 of 53 acknowledged orders lost' });
  });

  it('is no better than what could be read', () => {
    const unread = span({ present: 5, unread: 1 }, { fault: 'order-crash' });
    expect(figure([unread])).toMatchObject({
      value: '≥ 0 ms',
      note: '0 of 6 acknowledged orders lost, 1 unknown',
    });
  });

  it('is none where nothing was acknowledged, or nothing was broken', () => {
    expect(figure([span({})])).toBeUndefined();
    expect(present(reportInput()).figures.map(({ label }) => label)).not.toContain('Recovery point, worst');
  });
});

describe('reports', () => {
  const model = modelOf(lossy);
  const render = (id: string): string =>
    formats.find((format) => format.id === id)?.render(model, assets) ?? '';

  it.each(['html', 'markdown', 'terminal'])('%s says what was lost, over what window', (id) => {
    const text = render(id).replace(/\s+/g, ' ');
    expect(text).toContain('Acknowledged orders lost around order-crash: 3, over a window of 700 ms');
  });

  it('do not let a reference out of its cell', () => {
    expect(render('html')).not.toContain('<img src=x');
    expect(render('html')).toContain('&lt;img src=x');
  });

  it('verdict.json holds the classes of the run and of each fault, as its schema says', () => {
    const json = JSON.parse(render('json'));
    expect(json.ledgers).toMatchObject([
      {
        ...{ name: 'orders', acknowledged: 53, present: 50, lost: 3, unread: 0 },
        faults: [
          { fault: 'order-crash', lost: 3 },
          { fault: 'search-memory-leak', lost: 0, rpoSeconds: 0 },
        ],
      },
    ]);
    expect(json.ledgers[0].rpoSeconds).toBeCloseTo(0.7, 9);
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    validate(json);
    expect(validate.errors).toBeNull();
  });

  it('without a ledger have no such section', () => {
    const bare = present(reportInput());
    expect(bare.ledgers).toEqual([]);
    expect(formats.find(({ id }) => id === 'html')?.render(bare, assets)).not.toContain(
      'What was acknowledged',
    );
    expect(bare.document).not.toHaveProperty('ledgers');
  });
});
