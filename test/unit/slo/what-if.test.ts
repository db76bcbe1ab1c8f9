import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../slo/evaluate.ts';
import { parseWhatIf } from '../../../slo/what-if.ts';
import { seriesOf } from '../../fixtures/series.ts';
import { catalog, histogramOf, nothingMeasured, plan } from './fixtures.ts';

const ask = (text: string) => parseWhatIf(text, plan, catalog);

describe('a question about a run', () => {
  it('asks of a service or a journey, in ms or s', () => {
    expect(ask('till latency < 300ms @ 99%')).toMatchObject({
      target: 0.99,
      sli: { measure: 'requests', service: 'till', routes: ['till.pay', 'till.receipt'], underMs: 300 },
    });
    expect(ask('visit latency<1.5 s @ 99.9 %').sli).toEqual({
      measure: 'journeys',
      journey: 'visit',
      underMs: 1500,
    });
    expect(ask('till availability @ 99.99%')).toMatchObject({ target: 0.9999 });
    expect(ask('till availability @ 99.99%').sli).not.toHaveProperty('underMs');
  });

  it.each(['till', 'till latency 300ms @ 99%', 'till latency < 300 @ 99%', 'till availability @ 100%'])(
    'is refused: %s',
    (text) => expect(() => ask(text)).toThrow('INVALID_OPTION'),
  );

  it('names what may have been meant', () => {
    expect(() => ask('tilll availability @ 99%')).toThrow('no service or journey "tilll"');
  });
});

it('is answered for a journey from its histogram, between the limits that were counted', () => {
  const row = { journey: 'visit', phase: 'peak' };
  const journeys = seriesOf(
    Array.from({ length: 20 }, (_, index) => ({ ...row, second: 20 + index, outcome: '2000', count: 50 })),
  );
  const times = Array.from({ length: 1000 }, (_, index) => (index < 990 ? 200 : 1900));
  const latencyByJourney = [{ ...row, histogram: histogramOf(times, 4) }];
  const answerTo = (text: string, latencies = latencyByJourney) =>
    evaluate({
      plan,
      objectives: [ask(text)],
      measurements: { ...nothingMeasured, journeys, latencyByJourney: latencies },
      blocking: () => true,
    }).objectives[0];
  expect(answerTo('visit latency < 500ms @ 95%')).toMatchObject({ answer: 'pass', evidence: { bad: 10 } });
  expect(answerTo('visit latency < 500ms @ 95%', [])?.evidence).toMatchObject({ bad: 0, uncertain: 1000 });
});
