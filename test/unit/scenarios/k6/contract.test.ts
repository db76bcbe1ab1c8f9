import { describe, expect, it } from 'vitest';
import { inspector, limitIndex, outcomeBeyond } from '../../../../scenarios/k6/contract.ts';

const contract = { status: [200, 409], fields: ['id', 'total'] };
const expected = contract.status;
const good = '{"id":"a","total":{"cents":1}}';

function answer(body: string | null, status = 200, error = '') {
  return { status, body, error };
}

/** An inspector that has seen its first answer, and so takes the quick look. */
function experienced() {
  const inspect = inspector(contract);
  inspect(answer(good), false, expected);
  return inspect;
}

describe('inspector', () => {
  it.each([
    ['a status outside the contract', answer(good, 500), 'status 500, expected 200 or 409'],
    ['no response', answer(null, 0, 'dial: connection refused'), 'dial: connection refused'],
    ['a missing field', answer('{"id":"a"}'), 'no field total'],
    ['a truncated body', answer('{"id":"a","total":{"cents"'), 'the body is not a JSON object'],
    ['an empty body', answer(null), 'the body is not a JSON object'],
    ['a body that is no object', answer('["id","total"]'), 'the body is not a JSON object'],
  ])('finds %s, at the first answer and later', (_case, received, cause) => {
    expect(inspector(contract)(received, false, expected).broken).toBe(cause);
    expect(experienced()(received, false, expected).broken).toBe(cause);
  });

  it('keeps a contract whatever the white space of the JSON', () => {
    for (const body of [good, `${good}\n`, '{ "id" : 1, "total" : 2 }']) {
      expect(experienced()(answer(body), false, expected).broken).toBeUndefined();
    }
  });

  it('parses the first answer in full: a field that is only nested is missing', () => {
    const nested = answer('{"id":"a","lines":{"total":1}}');
    expect(inspector(contract)(nested, false, expected).broken).toBe('no field total');
  });

  it('parses where the visit needs the answer', () => {
    expect(experienced()(answer(good), true, expected).json).toEqual({ id: 'a', total: { cents: 1 } });
  });

  it('wants no fields of a refusal that the contract allows', () => {
    expect(experienced()(answer('', 409), true, expected)).toEqual({});
  });

  it('holds a request to what the scenario knows beyond the contract', () => {
    expect(experienced()(answer(good), false, [409]).broken).toBe('status 200, expected 409');
  });

  it('looks for text in pages', () => {
    const inspect = inspector({ status: [200], contains: '<main' });
    expect(inspect(answer('<html><main>'), false, [200]).broken).toBeUndefined();
    expect(inspect(answer('<html>'), false, [200]).broken).toBe('no <main in the body');
  });
});

describe('limits', () => {
  it.each([
    [299.999, 0],
    [300, 1],
    [799, 1],
    [800, -1],
  ])('%f ms keeps limit %i of 300 and 800, strictly', (durationMs, index) => {
    expect(limitIndex([300, 800], durationMs)).toBe(index);
  });

  it('names what lies beyond', () => {
    expect(outcomeBeyond([300])).toBe('slow');
    expect(outcomeBeyond([])).toBe('ok');
  });
});
