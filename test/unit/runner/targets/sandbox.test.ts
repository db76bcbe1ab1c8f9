import { describe, expect, test } from 'vitest';
import { brokenBy } from '../../../../runner/targets/sandbox.ts';

describe('a sandbox that ended by itself', () => {
  test.each([
    ['', 'the sandbox ended (SIGKILL)'],
    ['one\ntwo', 'the sandbox ended (SIGKILL): two'],
    [
      '<--- Last few GCs --->\n\n  FATAL ERROR: heap out of memory\n----- Native stack trace -----\n 1: abort',
      'the sandbox ended (SIGKILL): FATAL ERROR: heap out of memory',
    ],
  ])('%j', (lastWords, cause) => {
    const { problem, log } = brokenBy({ how: 'SIGKILL', lastWords });
    expect(problem).toMatchObject({ code: 'SANDBOX_ENDED', cause });
    expect(log).toBe(lastWords);
  });
});
