import { describe, expect, it } from 'vitest';
import { renderGithubAnnotations } from '../../../reports/formats/github-annotations.ts';
import { renderJunit } from '../../../reports/formats/junit.ts';
import { renderMarkdown } from '../../../reports/formats/markdown.ts';
import { renderTerminal } from '../../../reports/formats/terminal.ts';
import { present } from '../../../reports/model.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

const failing = present(reportInput());
const passing = present(reportInput(calm));
const held = present(reportInput({ ...calm, policy: { inconclusive: 'hold' } }));

const attackedInput = reportInput({ title: hostile });
const attacked = present({
  ...attackedInput,
  run: { ...attackedInput.run, command: hostile },
  verdict: {
    ...attackedInput.verdict,
    partial: [hostile],
    objectives: attackedInput.verdict.objectives.map((item) => ({ ...item, reason: hostile })),
  },
});

describe('junit.xml', () => {
  const cases = (xml: string) => xml.match(/<testcase [\s\S]*?<\/testcase>/g) ?? [];
  const caseOf = (xml: string, name: string) => cases(xml).find((text) => text.includes(`name="${name}"`));

  it('has a test case for each objective, with value and reason', () => {
    const xml = renderJunit(failing);
    expect(cases(xml)).toHaveLength(failing.objectives.length);
    const payment = caseOf(xml, 'payment answers rightly');
    expect(payment).toMatch(/<property name="measured" value="95 % of 2,330 requests/);
    expect(payment).toMatch(/<failure message="116 failures in 2,330 requests/);
  });

  it('skips what was not proven, unless the policy holds the release because of it', () => {
    expect(caseOf(renderJunit(passing), 'search answers rightly')).toContain('<skipped message="');
    expect(caseOf(renderJunit(held), 'search answers rightly')).toContain('<failure message="');
  });

  it('counts what it lists', () => {
    const xml = renderJunit(failing);
    const [, tests, failures, skipped] =
      /<testsuites [^>]*tests="(\d+)" failures="(\d+)" errors="0" skipped="(\d+)"/.exec(xml) ?? [];
    expect(Number(tests)).toBe(cases(xml).length);
    expect(Number(failures)).toBe(xml.match(/<failure /g)?.length);
    expect(Number(skipped)).toBe(xml.match(/<skipped /g)?.length);
  });

  it('stays well-formed whatever the system says', () => {
    const xml = renderJunit(attacked);
    expect(xml).not.toMatch(/<(img|svg|\/script)/);
    expect(xml).not.toMatch(/="[^"]*</);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
    expect(cases(xml)).toHaveLength(attacked.objectives.length);
  });
});

describe('summary.md', () => {
  it.each([
    ['a failing run', failing],
    ['a passing run', passing],
    ['hostile texts', attacked],
  ])('fits a pull-request comment: %s', (_, model) => {
    expect(renderMarkdown(model).split('\n').length).toBeLessThan(60);
  });

  it('shows what the system says as text: no element, link, mention or extra table cell', () => {
    const text = renderMarkdown({
      ...attacked,
      promises: attacked.promises.map((promise) => ({ ...promise, title: attacked.title })),
    });
    const outsideCode = text.replace(/`[^`\n]*`/g, '');
    expect(outsideCode).not.toMatch(/<(img|svg|\/script)|@everyone|https:\/\/|[^\\]\]\(/);
    for (const row of text.split('\n').filter((line) => line.startsWith('|'))) {
      expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
    }
  });
});

describe('GitHub annotations', () => {
  const lines = (model: typeof failing) => renderGithubAnnotations(model).trimEnd().split('\n');

  it('raise errors for what decided and warnings for what was tolerated', () => {
    expect(lines(failing)[0]).toMatch(
      /^::error title=payment%3A payment answers \w+ .* broken::In phase peak: \d+ failures/,
    );
    expect(lines(passing).some((line) => line.startsWith('::error'))).toBe(false);
  });

  it('stay under what GitHub shows, and say how many more there are', () => {
    const warnings = lines(passing).filter((line) => line.startsWith('::warning'));
    expect(warnings).toHaveLength(10);
    const open = passing.objectives.filter((objective) => objective.status.standing !== 'pass');
    expect(warnings.at(-1)).toContain(`${open.length - 9} more objectives`);
  });

  it('cannot be forged by a text with line breaks, colons and percent signs', () => {
    const forged = lines(attacked);
    expect(forged.every((line) => /^::(error|warning|notice) title=[^:,]*::/.test(line))).toBe(true);
    expect(forged.some((line) => line.startsWith('::error title=forged'))).toBe(false);
    expect(forged.join('')).toContain('%250A');
  });
});

describe('the terminal summary', () => {
  const options = { color: false, columns: 80, reportPath: 'runs/latest/report.html' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for escape sequences
  const escapes = /\u001b/;

  it.each([
    ['failing', failing, 80],
    ['failing, narrow', failing, 50],
    ['hostile', attacked, 80],
  ])('fits its columns: %s', (_, model, columns) => {
    const widest = Math.max(
      ...renderTerminal(model, { ...options, columns })
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(columns);
  });

  it('colours only if asked to, and lets no escape sequence of others through', () => {
    expect(renderTerminal(failing, { ...options, color: true })).toMatch(escapes);
    expect(renderTerminal(failing, options)).not.toMatch(escapes);
    expect(renderTerminal(attacked, options)).not.toMatch(escapes);
  });

  it('ends with where the report is', () => {
    expect(renderTerminal(failing, options).trimEnd().split('\n').at(-1)).toBe(
      'Report  runs/latest/report.html',
    );
  });

  it('warns of a partial run right after the decision', () => {
    expect(renderTerminal(attacked, options).split('\n\n')[1]).toMatch(/^! Partial run/);
  });
});
