/** Beacons over HTTP, and what an observation makes of them. */
import { expect, it } from 'vitest';
import { observationDocument } from '../../../runner/rum/document.ts';
import { pageObjectives, startObserving } from '../../../runner/rum/observe.ts';
import { recorded } from '../../fixtures/faro/recorded.ts';
import { objective } from '../../unit/slo/fixtures.ts';

const pageLoad = objective({
  id: 'page-load',
  target: 0.95,
  sli: { measure: 'page-load', op: 'lt', value: 1500 },
});
const latency = objective({ id: 'latency' });

it('judges pages by what has arrived until then, and by nothing else', async () => {
  const judged = pageObjectives([latency, pageLoad]);
  expect(judged).toEqual([pageLoad]);
  const observation = await startObserving('shop', judged, { port: 0, apiKey: 'key' });
  try {
    const before = observationDocument(observation.soFar());
    expect(before.objectives).toMatchObject([{ id: 'page-load', answer: 'inconclusive' }]);
    expect(before).not.toHaveProperty('pages');
    for (let i = 0; i < 3; i += 1) {
      const { status } = await fetch(observation.url, {
        method: 'POST',
        body: recorded('navigation'),
        headers: { 'x-api-key': 'key' },
      });
      expect(status).toBe(202);
    }
    const after = observationDocument(observation.soFar());
    expect(after.objectives).toMatchObject([
      { answer: 'pass', evidence: { total: 3, mean: { mean: expect.closeTo(517) } } },
    ]);
    expect(after.pages?.rows.map(({ metric }) => metric)).toContain('page-load');
  } finally {
    await observation.close();
  }
});
