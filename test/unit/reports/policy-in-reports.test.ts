/** What the policy lets through by name, and what became worse than a baseline, is told in every format. */
import { describe, expect, it } from 'vitest';
import { renderGithubAnnotations } from '../../../reports/formats/github-annotations.ts';
import { renderHtml } from '../../../reports/formats/html.ts';
import { renderJunit } from '../../../reports/formats/junit.ts';
import { renderMarkdown } from '../../../reports/formats/markdown.ts';
import { renderTerminal } from '../../../reports/formats/terminal.ts';
import { renderVerdictJson } from '../../../reports/formats/verdict-json.ts';
import { present } from '../../../reports/model.ts';
import type { ReportModel } from '../../../reports/types.ts';
import type { Regression } from '../../../slo/types.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { waivers } from '../../fixtures/report/past-runs.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

const formats: readonly (readonly [string, (model: ReportModel) => string])[] = [
  ['html', (model) => renderHtml(model, assets)],
  ['markdown', renderMarkdown],
  ['terminal', (model) => renderTerminal(model, { color: false, columns: 200 })],
  ['github', renderGithubAnnotations],
  ['junit', renderJunit],
  ['json', renderVerdictJson],
];

const regression: Regression = {
  service: 'search',
  kind: 'latency',
  shiftShare: 0.2,
  summary: 'search takes 20 % longer than in the baseline',
};

describe('a waived failure', () => {
  const waived = present(reportInput({ policy: { waivers } }));

  it.each(formats)('is told with its owner, reason and end in %s', (_, render) => {
    const text = render(waived);
    expect(text).toContain('the connection pool grows with release 4.2');
    expect(text).toContain('2026-12-31');
    expect(text).toContain('payments');
  });

  it('stays a broken promise, which nobody calls kept', () => {
    const payment = waived.objectives.find(({ id }) => id === 'payment-availability');
    expect(payment).toMatchObject({
      status: { word: 'broken' },
      waived: true,
      role: 'waived',
      decides: false,
      note: 'waived by payments to the end of 2026-12-31: the connection pool grows with release 4.2',
    });
    const uptime = waived.promises.find(({ id }) => id === 'uptime');
    expect(uptime).toMatchObject({
      status: { word: 'broken' },
      certainty: expect.stringMatching(/; 1 objective waived$/),
    });
  });

  it('is neither success nor failure in JUnit', () => {
    const own = /name="payment answers rightly">[\s\S]*?<\/testcase>/.exec(renderJunit(waived))?.[0];
    expect(own).toContain('<skipped message="waived by payments to the end of 2026-12-31');
    expect(own).not.toContain('<failure');
  });

  it('keeps a pass from reading as "every promise was kept"', () => {
    const everythingElse = [...waivers, { ...waivers[0], objective: {} }] as typeof waivers;
    const input = reportInput({ policy: { waivers: everythingElse } });
    const passed = present({ ...input, decision: { ...input.decision, outcome: 'pass' } });
    expect(passed.decision.headline).toMatch(
      /^Nothing that blocks was broken up to 10x, except for what is waived/,
    );
    expect(passed.decision.waived.join('; ')).toMatch(
      /payment answers rightly \(payment\) is broken, waived by payments/,
    );
  });
});

describe('a pass on too few events', () => {
  const policy = { leastSample: 1_000_000, blocking: [{ gate: 'blocking', promise: 'latency' }] };
  const note = 'too few events: policy rehearsal asks for 1,000,000';

  it.each(formats.filter(([id]) => id !== 'json'))('is told in %s', (_, render) => {
    const held = present(reportInput({ ...calm, policy: { ...policy, inconclusive: 'hold' } }));
    expect(held.decision.outcome).toBe('hold');
    expect(render(held)).toContain(note);
  });

  it('is a JUnit failure where the policy holds because of it, and skipped where it is tolerated', () => {
    const resultOf = (inconclusive: 'hold' | 'tolerate') => {
      const xml = renderJunit(present(reportInput({ ...calm, policy: { ...policy, inconclusive } })));
      return /name="order answers reads under 300 ms">[\s\S]*?<\/testcase>/.exec(xml)?.[0];
    };
    expect(resultOf('hold')).toContain(`<failure message="${note}`);
    expect(resultOf('tolerate')).toContain(`<skipped message="${note}`);
  });
});

describe('a regression', () => {
  const worse = present(reportInput({ ...calm, gate: { regressions: [regression] } }));

  it.each(formats)('is told in %s', (_, render) => {
    expect(render(worse).replaceAll('\u00a0', ' ').replaceAll('%25', '%')).toContain(regression.summary);
  });

  it('says that no promise was broken and the run fails nevertheless', () => {
    expect(worse.decision).toMatchObject({
      word: 'FAIL',
      headline: 'No promise that blocks was broken, but worse than the baseline: search.',
      regressions: [{ text: regression.summary, blocks: true }],
    });
  });

  it('that is tolerated is told as such', () => {
    const policy = { toleratedRegressions: { latency: 0.25 } };
    const model = present(reportInput({ ...calm, policy, gate: { regressions: [regression] } }));
    expect(model.decision).toMatchObject({
      outcome: 'pass',
      regressions: [{ text: `${regression.summary} (tolerated)`, blocks: false }],
    });
    expect(renderJunit(model)).toMatch(/name="search: latency">\s*<skipped/);
    expect(renderJunit(worse)).toMatch(/name="search: latency">\s*<failure/);
  });
});
