import { expect, it } from 'vitest';
import { Answer } from '../../../../scenarios/k6/answer.ts';
import { ContractBroken, type JsonObject } from '../../../../scenarios/k6/contract.ts';

const noted: string[] = [];
const read: string[] = [];

function answer(json: JsonObject | undefined): Answer {
  const onRead = (value: string, origin: string) => read.push(`${origin}=${value}`);
  return new Answer('purchase', 'cart.get', 200, json, onRead, (scenario, route, cause, status) => {
    noted.push(`${scenario} ${route}: ${cause}`);
    throw new ContractBroken(cause, status);
  });
}

it('gives fields of the type that was asked for, and tells of each text', () => {
  const { text, number } = { text: answer({ id: 'c-1' }).text('id'), number: answer({ n: 0 }).number('n') };
  expect({ text, number }).toEqual({ text: 'c-1', number: 0 });
  expect(read).toEqual(['cart.get.id=c-1']);
  expect(noted).toEqual([]);
});

it.each<[string, JsonObject, (given: Answer) => unknown, string]>([
  ['a number for a text', { id: 7 }, (given) => given.text('id'), 'field id is not a string but number'],
  ['a text for a number', { n: '7' }, (given) => given.number('n'), 'field n is not a number but string'],
  ['null', { id: null }, (given) => given.text('id'), 'field id is not a string but null'],
  ['a list', { id: [] }, (given) => given.text('id'), 'field id is not a string but array'],
  ['nothing', {}, (given) => given.number('n'), 'field n is not a number but undefined'],
])('takes %s for a broken contract of the route, not for an error of the script', (_, json, ask, cause) => {
  noted.length = 0;
  read.length = 0;
  expect(() => ask(answer(json))).toThrow(ContractBroken);
  expect(noted).toEqual([`purchase cart.get: ${cause}`]);
  expect(read).toEqual([]);
});

it('blames the script where it reads fields of a refusal that the contract allows', () => {
  noted.length = 0;
  expect(() => answer(undefined).text('id')).toThrow(TypeError);
  expect(noted).toEqual([]);
});
