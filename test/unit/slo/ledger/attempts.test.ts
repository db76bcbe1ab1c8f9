import { describe, expect, it } from 'vitest';
import { attemptsOf } from '../../../../slo/ledger/attempts.ts';
import { type LedgerLine, parseLedgerLine } from '../../../../slo/ledger/lines.ts';

const scope = { kind: 'order', needed: ['id'], fromMs: 1000, toMs: 9000 };

function read(...lines: LedgerLine[]) {
  return [...attemptsOf(lines, scope)].map((next) =>
    'broken' in next ? next.broken : `${next.ref} ${next.outcome} ${next.atMs}`,
  );
}

const line = (stage: string, atMs: number, fields: object = {}): LedgerLine => ({
  kind: 'order',
  atMs,
  stage,
  ref: 'ref-1',
  ...fields,
});

describe('a line of the ledger', () => {
  it.each([
    ['hello', 'a line that is no JSON object'],
    ['{"kind":"order","atMs":5', 'a line that is no JSON object'],
    ['[1]', 'a line that is no JSON object'],
    ['null', 'a line that is no JSON object'],
    ['{"atMs":5}', 'a line without its kind'],
    ['{"kind":7,"atMs":5}', 'a line without its kind'],
    ['{"kind":"order"}', 'a line without its time'],
    ['{"kind":"order","atMs":"now"}', 'a line without its time'],
  ])('%s is %s', (text, broken) => expect(parseLedgerLine(text)).toMatchObject({ broken }));

  it('is an entry with its kind and time', () => {
    expect(parseLedgerLine('{"kind":"sale","atMs":5,"key":"k"}')).toEqual({
      kind: 'sale',
      atMs: 5,
      key: 'k',
    });
  });
});

describe('attempts', () => {
  it('end as their second line says, and at its time', () => {
    const acknowledged = read(line('begun', 2000), line('acknowledged', 3000, { id: 'o' }));
    expect(acknowledged).toEqual(['ref-1 acknowledged 3000']);
    expect(read(line('begun', 2000), line('rejected', 3000))).toEqual(['ref-1 rejected 3000']);
    expect(read(line('begun', 2000), line('unknown', 3000))).toEqual(['ref-1 unknown 3000']);
  });

  it('that never ended are unknown, and come last', () => {
    const other = line('acknowledged', 3000, { ref: 'ref-2', id: 'o' });
    expect(read(line('begun', 2000), other)).toEqual(['ref-2 acknowledged 3000', 'ref-1 unknown 2000']);
  });

  it('may be recorded only once they were acknowledged', () => {
    expect(read({ kind: 'order', atMs: 2000, id: 'o-1' })).toEqual(['o-1 acknowledged 2000']);
  });

  it('are those of one kind, whatever else the ledger holds', () => {
    expect(read({ kind: 'script-exception', atMs: 0 }, { broken: 'no time', kind: 'seat' })).toEqual([]);
  });

  it.each<[string, LedgerLine]>([
    ['garbage', { broken: 'garbage' }],
    ['no time', { broken: 'no time', kind: 'order' }],
    ['a line with a time outside of the run', line('acknowledged', 999, { id: 'o' })],
    ['a line with a time outside of the run', line('acknowledged', 9001, { id: 'o' })],
    ['a line with a time outside of the run', line('acknowledged', Number.NaN, { id: 'o' })],
    ['a line of an unknown stage', line('maybe', 2000)],
    ['a line of an unknown stage', line('toString', 2000)],
    ['an acknowledgement without its id', line('acknowledged', 2000)],
    ['an acknowledgement without its id', line('acknowledged', 2000, { id: {} })],
    ['an acknowledgement without its id', line('acknowledged', 2000, { id: '' })],
    ['an attempt without its reference', line('begun', 2000, { ref: null })],
  ])('come out as what is wrong: %s', (broken, given) => expect(read(given)).toEqual([broken]));

  it('share no id: the second acknowledgement of one is no evidence', () => {
    const first = line('acknowledged', 2000, { id: 'o' });
    const second = line('acknowledged', 3000, { id: 'o', ref: 'ref-2' });
    expect(read(first, second)).toEqual([
      'ref-1 acknowledged 2000',
      'an acknowledgement that repeats another',
    ]);
  });
});
