import { expect, it } from 'vitest';
import { ProblemList } from '../../../runner/problem-list.ts';
import { PeakproofError, problem } from '../../../scenarios/problem.ts';

const one = problem('INVALID_OPTION', 'one');
const two = problem('INVALID_OPTION', 'two');

it('throws all problems at once, each once', async () => {
  const list = new ProblemList();
  expect(list.attempt(() => 7)).toBe(7);
  const fail = () => {
    throw new PeakproofError([one, two]);
  };
  expect(list.attempt(fail)).toBeUndefined();
  expect(await list.attemptAsync(async () => fail())).toBeUndefined();
  expect(() => list.throwIfAny()).toThrow('INVALID_OPTION: one\nINVALID_OPTION: two');
});

it('throws nothing if there is nothing', () => {
  expect(() => new ProblemList().throwIfAny()).not.toThrow();
});

it('lets other errors through', () => {
  expect(() =>
    new ProblemList().attempt(() => {
      throw new TypeError('a bug');
    }),
  ).toThrow(TypeError);
});
