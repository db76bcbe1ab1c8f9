import { expect, it } from 'vitest';
import { nodeFacts } from '../../../../runner/profile/node-facts.ts';

it('tells pauses by their number, median, longest and share of the time', () => {
  const thread = { nodeVersion: 'v20.19.0', busyMs: 0, pausesMs: [30, 10, 20] };
  expect(nodeFacts({ thread, threadSeconds: 2 }, [])).toEqual({
    version: 'v20.19.0',
    garbageCollection: { pauses: 3, p50Ms: 20, maxMs: 30, share: 0.03 },
  });
});

it('says nothing where no thread told anything', () => {
  expect(nodeFacts({}, [])).toBeUndefined();
});
