import { describe, expect, it } from 'vitest';
import { isYes, whyUndone } from '../../../../runner/faults/supervisor/answers.ts';
import type { Action } from '../../../../runner/faults/types.ts';

const post: Action = { type: 'http', method: 'POST', url: 'http://kiosk.test', timeoutMs: 100 };
const run: Action = { type: 'process', file: 'true', args: [], timeoutMs: 100 };

describe('whether an action was done', () => {
  it.each([
    [post, { status: 204 }, undefined],
    [post, { status: 302 }, 'answered 302'],
    [post, { status: 409, text: 'no such fault\nat all' }, 'answered 409: no such fault'],
    [{ ...post, doneStatus: [409] }, { status: 409 }, undefined],
    [{ ...post, doneStatus: [409] }, { status: 200 }, 'answered 200'],
    [post, { failure: 'ECONNREFUSED', refused: true }, 'ECONNREFUSED'],
    [{ ...post, goneIsDone: true }, { failure: 'ECONNREFUSED', refused: true }, undefined],
    [{ ...post, goneIsDone: true }, { failure: 'ECONNRESET' }, 'ECONNRESET'],
    [run, { exitCode: 0 }, undefined],
    [run, { exitCode: 1, text: 'forbidden' }, 'ended with 1: forbidden'],
  ] as const)('%j answered %j: %s', (action, answer, why) => {
    expect(whyUndone(action as Action, { ms: 1, ...answer })).toBe(why);
  });
});

describe('whether a check says yes', () => {
  it.each([
    [{ status: [200] }, { status: 200 }, true],
    [{ status: [200] }, { status: 503 }, false],
    [{ status: [200], withinMs: 500 }, { status: 200, ms: 501 }, false],
    [{ longerThanMs: 500 }, { status: 200, ms: 501 }, true],
    // No answer is no, also to a question of time, unless failing is what is asked for.
    [{ longerThanMs: 500 }, { failure: 'no answer in 1000 ms', ms: 1000 }, false],
    [{ withinMs: 500 }, { failure: 'ECONNREFUSED' }, false],
    [{ failsOrStatus: [502] }, { failure: 'ECONNREFUSED' }, true],
    [{ failsOrStatus: [502] }, { status: 502 }, true],
    [{ failsOrStatus: [502] }, { status: 200 }, false],
    [{ failsOrStatus: [], longerThanMs: 500 }, { failure: 'no answer in 1000 ms', ms: 1000 }, true],
    [{ contains: '"up":true' }, { status: 200, text: '{"up":true}' }, true],
    [{ contains: '"up":true' }, { status: 200, text: '' }, false],
    [{ exitCode: 0, contains: 'ok' }, { exitCode: 0, text: 'ok' }, true],
    [{ exitCode: 0 }, { exitCode: 1 }, false],
  ] as const)('%j of %j: %s', (expected, answer, yes) => {
    expect(isYes({ expect: expected }, { ms: 1, ...answer })).toBe(yes);
  });
});
