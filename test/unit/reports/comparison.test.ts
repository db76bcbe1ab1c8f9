import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { renderComparisonHtml } from '../../../reports/formats/comparison-html.ts';
import { renderComparisonMarkdown } from '../../../reports/formats/comparison-markdown.ts';
import { renderComparisonTerminal } from '../../../reports/formats/comparison-terminal.ts';
import { renderHtml } from '../../../reports/formats/html.ts';
import { renderMarkdown } from '../../../reports/formats/markdown.ts';
import { renderTerminal } from '../../../reports/formats/terminal.ts';
import { present } from '../../../reports/model.ts';
import { presentComparison } from '../../../reports/present/comparison.ts';
import { compareRuns, withheld } from '../../../slo/compare/compare.ts';
import { usualLeastEffect } from '../../../slo/compare/types.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { reportInput } from '../../fixtures/report-input.ts';
import { runOf } from '../slo/compare/runs.ts';

const comparison = compareRuns(
  runOf({ seed: 3 }),
  runOf({ seed: 4, slower: { products: 4 } }),
  usualLeastEffect,
);
const view = presentComparison(comparison);

describe('the before/after table', () => {
  test('begins with the regression, then its consequences', () => {
    const [first, second] = view.changes.rows;
    expect(first?.[0]?.text).toBe('products latency');
    expect(first?.[4]?.status?.word).toBe('worse');
    expect(second?.[4]).toMatchObject({ status: { word: 'consequence' }, note: 'of products' });
  });

  test('has before, after, and the change with its interval', () => {
    const [, before, after, change] = view.changes.rows[0] ?? [];
    expect(before?.text).toMatch(/^2\d ms$/);
    expect(after?.text).toMatch(/^\d\d\d? ms$/);
    expect(change?.text).toMatch(/^\+\d+ ms \(\+\d+ %\)$/);
    expect(change?.note).toMatch(/^\+\d+ ms to \+\d+ ms$/);
  });

  test('leaves out where nothing bad happened, and says so', () => {
    expect(view.changes.rows.some(([metric]) => metric?.text === 'mail errors')).toBe(false);
    expect(view.quiet).toBe('No bad event in either run: errors of 8 services and 8 objectives.');
  });
});

test.each([
  ['terminal', renderComparisonTerminal(view, { color: false, columns: 100 })],
  ['markdown', renderComparisonMarkdown(view)],
  ['html', renderComparisonHtml(view, assets)],
])('%s tells outcome, runs, regression and consequence', (_, text) => {
  for (const part of ['REGRESSION', 'run-4 against run-3', 'products latency', 'consequence']) {
    expect(text).toContain(part);
  }
});

test('the page asks nothing of any network and runs no script', () => {
  const page = renderComparisonHtml(view, assets);
  expect(page).not.toContain('<script');
  expect(page).toContain('Content-Security-Policy');
  expect(page).not.toContain('script-src');
});

test('no line of the terminal is wider than it', () => {
  const lines = renderComparisonTerminal(view, { color: false, columns: 80 }).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

describe('a rehearsal with a baseline', () => {
  const model = present({ ...reportInput(), comparison });

  test.each([
    ['report.html', renderHtml(model, assets)],
    ['summary.md', renderMarkdown(model)],
    ['terminal', renderTerminal(model, { color: false, columns: 100 })],
  ])('tells it in %s', (_, text) => {
    expect(text).toContain('run-4 against run-3');
    expect(text).toContain('One regression: products latency.');
  });

  test('tells it in verdict.json, as its schema says', () => {
    const schema = JSON.parse(readFileSync('reports/schema/verdict.schema.json', 'utf8'));
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate(JSON.parse(JSON.stringify(model.document))), JSON.stringify(validate.errors)).toBe(true);
    expect(model.document.comparison?.regressions).toHaveLength(1);
  });
});

test('runs that are not comparable conclude nothing, in words', () => {
  const refused = withheld({ ...comparison, refusals: ['the profile is not the same: a and b'] });
  expect(refused.outcome).toBe('nothing');
  expect(refused.regressions).toEqual([]);
  expect(presentComparison(refused).summary).toBe(
    'Nothing can be said: the profile is not the same: a and b.',
  );
});
