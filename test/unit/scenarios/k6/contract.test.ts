import { describe, expect, it } from 'vitest';
import { contractCheck, limitIndex, outcomeNames } from '../../../../scenarios/k6/contract.ts';

const contract = { status: [200, 409], fields: ['id', 'total'] };
const expected = contract.status;
const good = '{"id":"a","total":{"cents":1}}';

function answer(body: string | null, status = 200, error = '') {
  return { status, body, error };
}

type Received = ReturnType<typeof answer>;

/** Why the contract is broken, as a sender finds out: the quick look first, the whole check if in doubt. */
function verdictOf(check: ReturnType<typeof contractCheck>, received: Received, statuses = expected) {
  return check.isEvidentlyKept(received) ? undefined : check.inspect(received, false, statuses).broken;
}

/** A check that has seen its first answer, and so takes the quick look. */
function experienced() {
  const check = contractCheck(contract);
  check.inspect(answer(good), false, expected);
  return check;
}

describe('contractCheck', () => {
  it.each([
    ['a status outside the contract', answer(good, 500), 'status 500, expected 200 or 409'],
    ['no response', answer(null, 0, 'dial: connection refused'), 'dial: connection refused'],
    ['a missing field', answer('{"id":"a"}'), 'no field total'],
    ['a truncated body', answer('{"id":"a","total":{"cents"'), 'the body is not a JSON object'],
    ['an empty body', answer(null), 'the body is not a JSON object'],
    ['a body that is no object', answer('["id","total"]'), 'the body is not a JSON object'],
  ])('finds %s, at the first answer and later', (_case, received, cause) => {
    expect(verdictOf(contractCheck(contract), received)).toBe(cause);
    expect(verdictOf(experienced(), received)).toBe(cause);
  });

  it('keeps a contract whatever the white space of the JSON', () => {
    for (const body of [good, `${good}\n`, '{ "id" : 1, "total" : 2 }']) {
      expect(verdictOf(experienced(), answer(body))).toBeUndefined();
    }
  });

  it('parses the first answer in full: a field that is only nested is missing', () => {
    const nested = answer('{"id":"a","lines":{"total":1}}');
    expect(verdictOf(contractCheck(contract), nested)).toBe('no field total');
  });

  it('parses where the visit needs the answer', () => {
    expect(experienced().inspect(answer(good), true, expected).json).toEqual({
      id: 'a',
      total: { cents: 1 },
    });
  });

  it('wants no fields of a refusal that the contract allows', () => {
    expect(experienced().inspect(answer('', 409), true, expected)).toEqual({});
  });

  it('holds a request to what the scenario knows beyond the contract', () => {
    expect(experienced().inspect(answer(good), false, [409]).broken).toBe('status 200, expected 409');
  });

  it('looks for text in pages', () => {
    const check = contractCheck({ status: [200], contains: '<main' });
    expect(verdictOf(check, answer('<html><main>'), [200])).toBeUndefined();
    expect(verdictOf(check, answer('<html>'), [200])).toBe('no <main in the body');
  });

  it('needs no second look at a whole answer', () => {
    expect(experienced().isEvidentlyKept(answer(good))).toBe(true);
    expect(contractCheck({ status: [202] }).isEvidentlyKept(answer(null, 202))).toBe(true);
  });
});

describe('limits', () => {
  it.each([
    [299.999, 0],
    [300, 1],
    [799, 1],
    [800, 2],
  ])('%f ms keeps limit %i of 300 and 800, strictly', (durationMs, index) => {
    expect(limitIndex([300, 800], durationMs)).toBe(index);
  });

  it('has a name for each index', () => {
    expect(outcomeNames([300, 800])).toEqual(['300', '800', 'slow']);
    expect(outcomeNames([])).toEqual(['ok']);
  });
});
