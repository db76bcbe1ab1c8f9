import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../reports/formats/html.ts';
import { present } from '../../../reports/model.ts';
import type { Evidence, Objective, ObjectiveVerdict, Sli } from '../../../slo/types.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { reportInput } from '../../fixtures/report-input.ts';

const input = reportInput();
const counted = {
  measure: 'series',
  source: { type: 'Prometheus' },
  kind: 'ratio',
  goodOrBad: 'bad',
  query: 'bad',
  totalQuery: 'total',
  counter: true,
} as const;

function verdictOf(
  sli: Sli,
  evidence: Partial<Evidence>,
  changes: Partial<Objective> = {},
): ObjectiveVerdict {
  const objective: Objective = {
    id: `${sli.measure}-${changes.service ?? 'cart'}`,
    displayName: 'Cart answers',
    description: '',
    service: 'cart',
    target: 0.999,
    windowDays: 30,
    sli,
    labels: { kind: 'availability' },
    source: { file: 'cart.yaml', line: 1 },
    ...changes,
  };
  const counts = { total: 0, bad: 0, dropped: 0, ...evidence };
  return { objective, answer: 'inconclusive', reason: 'No data: it slept.', evidence: counts, phases: [] };
}

const requests: Sli = { measure: 'requests', service: 'cart', routes: ['cart.view'] };

function disagreement(...objectives: ObjectiveVerdict[]) {
  return present({ ...input, verdict: { ...input.verdict, objectives } }).disagreement;
}

function told(seen: Partial<Evidence>, stated: Partial<Evidence>) {
  const view = disagreement(verdictOf(requests, seen), verdictOf(counted, stated));
  const [, client, servers, sentence] = view?.table.rows[0] ?? [];
  return { summary: view?.summary, client, servers, sentence: sentence?.text };
}

describe('client and servers', () => {
  it('disagree where the client saw errors that the servers never counted', () => {
    expect(told({ total: 10_000, bad: 120 }, { total: 9_900, bad: 0 })).toEqual({
      summary: 'Client and servers disagree in 1 of 1 comparison.',
      client: { text: '98.8 %', note: 'of 10,000 requests' },
      servers: { text: '100 %', note: 'of 9,900 requests' },
      sentence: expect.stringMatching(
        /^The client saw 1\.2 % errors where the servers counted no errors: look between them/,
      ),
    });
  });

  it('disagree where the servers counted errors that the client never saw', () => {
    expect(told({ total: 10_000, bad: 1 }, { total: 12_000, bad: 240 }).sentence).toMatch(
      /^The servers counted 2 % errors where the client saw 0\.01 % errors: /,
    );
  });

  it('agree where a difference may be chance, or uncertain', () => {
    const agreed = 'They agree as far as both counts can tell.';
    expect(told({ total: 1_000, bad: 3 }, { total: 1_000, bad: 1 })).toMatchObject({
      summary: 'Client and servers agree, as far as their counts can tell.',
      sentence: agreed,
    });
    expect(told({ total: 1_000, bad: 50 }, { total: 1_000, bad: 0, uncertain: 80 }).sentence).toBe(agreed);
  });

  it('are not held to what was dropped before it was sent', () => {
    expect(told({ total: 1_100, bad: 100, dropped: 100 }, { total: 1_000 })).toMatchObject({
      client: { text: '100 %', note: 'of 1,000 requests' },
      sentence: 'They agree as far as both counts can tell.',
    });
  });

  it('cannot be compared where the servers said nothing, with the reason', () => {
    expect(told({ total: 1_000 }, {})).toMatchObject({
      summary: 'Client and servers could not be compared. 1 comparison had no data on one side.',
      servers: { text: 'no data' },
      sentence: 'They cannot be compared. No data: it slept.',
    });
  });

  it('are compared only for the same service and kind, and never with a threshold', () => {
    const client = verdictOf(requests, { total: 10 });
    const threshold = { ...counted, kind: 'threshold', op: 'lt', value: 1 } as const;
    expect(disagreement(client, verdictOf(counted, {}, { service: 'search' }))).toBeUndefined();
    expect(disagreement(client, verdictOf(counted, {}, { labels: { kind: 'latency' } }))).toBeUndefined();
    expect(disagreement(client, verdictOf(threshold, {}))).toBeUndefined();
    expect(disagreement(verdictOf({ ...requests, underMs: 9 }, {}), verdictOf(counted, {}))).toBeUndefined();
  });

  it('have a section of the report only where there is something to compare', () => {
    const title = 'Where client and servers disagree';
    const objectives = [verdictOf(requests, { total: 10 }), verdictOf(counted, { total: 10 })];
    const both = present({ ...input, verdict: { ...input.verdict, objectives } });
    expect(renderHtml(both, assets).includes(title)).toBe(true);
    expect(renderHtml(present(input), assets).includes(title)).toBe(false);
  });
});
