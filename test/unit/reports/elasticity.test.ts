import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../reports/formats/html.ts';
import { renderMarkdown } from '../../../reports/formats/markdown.ts';
import { renderTerminal } from '../../../reports/formats/terminal.ts';
import { type PresentInput, present } from '../../../reports/model.ts';
import schema from '../../../reports/schema/verdict.schema.json' with { type: 'json' };
import type { ElasticityReport } from '../../../slo/elasticity/types.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

const services = ['payment', 'order'];
const replicas = services.map((service) => ({
  service,
  counts: Array.from({ length: 150 }, (_, second) => (second >= 80 && second < 125 ? 3 : 1)),
}));

/** The sample rehearsal with replicas that triple before its peak. */
function elastic(counted = replicas): PresentInput {
  const { environment } = reportInput(calm).plan;
  return reportInput({
    ...calm,
    plan: {
      environment: { ...environment, replicas: { services, budgetSecondsPer1000: 20_000 } },
      elasticity: { noun: 'orders', route: 'order.place' },
    },
    measurements: { replicas: counted },
  });
}

function withReport(changes: Partial<ElasticityReport>, saturated = false): PresentInput {
  const input = elastic();
  if (input.verdict.elasticity === undefined) throw new Error('nothing was judged');
  const generator = { ...input.verdict.generator, saturated };
  const elasticity = { ...input.verdict.elasticity, ...changes };
  return { ...input, verdict: { ...input.verdict, generator, elasticity } };
}

const text = (input: PresentInput) => renderTerminal(present(input), { color: false, columns: 400 });

describe('a run with steps of load', () => {
  const model = present(elastic());

  it('says in one line whether objectives held again, and what work cost', () => {
    expect(model.elasticity?.status.standing).toBe('pass');
    expect(model.elasticity?.lead).toMatch(
      /^After \d of \d changes of load every service kept its objectives/,
    );
    const cost = /1,000 orders took [\d,]+ replica-seconds, \d+ % of the budget of 20,000\. Keeping/;
    expect(model.elasticity?.findings.join('\n')).toMatch(cost);
    expect(text(elastic())).toMatch(cost);
    expect(renderMarkdown(model)).toContain('✓ **Elasticity.** After');
  });

  it('has a row for each step, and says that it assumes that nobody intervened', () => {
    expect(model.elasticity?.steps.rows.map(([load]) => load?.text)).toEqual([
      '1x',
      'up to 8x',
      'down to 6x',
      'down to 4x',
      'up to 10x',
    ]);
    expect(model.elasticity?.assumptions[0]).toMatch(/^Nobody intervened: this is assumed\./);
  });

  it('draws load, replicas and latency', () => {
    const page = renderHtml(model, assets);
    expect(page).toContain('<canvas id="chart-elasticity"');
    const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
    expect(data.elasticity.replicas[79]).toBe(2);
    expect(data.elasticity.replicas[80]).toBe(6);
    expect(data.elasticity.p99Ms.length).toBe(data.elasticity.second.length);
  });

  it('keeps the schema of verdict.json, with and without figures of replicas', () => {
    const validate = new Ajv2020().compile(schema);
    for (const input of [elastic(), elastic([])]) {
      const { document } = present(input);
      expect(document.elasticity?.steps).toHaveLength(5);
      validate(document);
      expect(validate.errors).toBeNull();
    }
  });

  it('tells who never told', () => {
    const { elasticity } = present(elastic(replicas.slice(0, 1)));
    expect(elasticity?.findings).toEqual([
      'What orders cost in replicas is not known.',
      'Never told how many replicas they have: order.',
    ]);
    expect(elasticity?.chart.summary).toContain('replicas were not counted');
  });

  it('names who never held again', () => {
    const [first, ...others] = elastic().verdict.elasticity?.steps ?? [];
    if (first === undefined) throw new Error('no step');
    const { holdAgainSeconds, ...lost } = { ...first, answer: 'fail', slowest: ['payment'] } as const;
    const told = present(withReport({ steps: [...others, lost] })).elasticity;
    expect(told?.status.standing).toBe('fail');
    expect(told?.findings[0]).toBe('1x: payment never kept every objective again.');
  });

  it('is no evidence where the generator was saturated', () => {
    const { elasticity } = present(withReport({}, true));
    expect(elasticity?.status.standing).toBe('inconclusive');
    expect(elasticity?.steps.rows[0]?.[1]?.status?.standing).toBe('inconclusive');
  });
});

it('other runs have no such section', () => {
  const model = present(reportInput(calm));
  expect(model.elasticity).toBeUndefined();
  expect(renderHtml(model, assets)).not.toContain('chart-elasticity"');
  expect(renderMarkdown(model)).not.toContain('Elasticity');
});
