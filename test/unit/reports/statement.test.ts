/** The statement against the in-toto specification: Statement v1, test-result v0.1. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { present } from '../../../reports/model.ts';
import { testResultStatement } from '../../../reports/statement.ts';
import { waivers } from '../../fixtures/report/past-runs.ts';
import { calm, reportInput, type Variation } from '../../fixtures/report-input.ts';

const strings = { type: 'array', items: { type: 'string' } };
const digest = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: 'string', pattern: '^[0-9a-f]+$' },
};
const descriptor = {
  type: 'object',
  required: ['digest'],
  properties: { name: { type: 'string' }, digest },
};
/** As the two pages of the specification demand it. */
const specification = {
  type: 'object',
  required: ['_type', 'subject', 'predicateType', 'predicate'],
  properties: {
    _type: { const: 'https://in-toto.io/Statement/v1' },
    subject: { type: 'array', minItems: 1, items: descriptor },
    predicateType: { const: 'https://in-toto.io/attestation/test-result/v0.1' },
    predicate: {
      type: 'object',
      required: ['result', 'configuration'],
      properties: {
        result: { enum: ['PASSED', 'WARNED', 'FAILED'] },
        configuration: { type: 'array', items: descriptor },
        url: { type: 'string' },
        passedTests: strings,
        warnedTests: strings,
        failedTests: strings,
      },
    },
  },
};

function statementOf(variation: Variation = {}) {
  const { document } = present(reportInput(variation));
  const reports = { 'verdict.json': 'ab'.repeat(32), 'report.html': 'cd'.repeat(32) };
  const evidenceFiles = { plan: 'plan.json', measurements: 'measurements.log' };
  return testResultStatement({ document, reports, evidenceFiles, commit: 'e'.repeat(40) });
}

describe('the statement of a run', () => {
  it.each([
    ['failing', {}],
    ['passing', calm],
  ])('%s has the shape that in-toto specifies', (_, variation) => {
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(specification);
    validate(statementOf(variation));
    expect(validate.errors).toBeNull();
  });

  it('is about the source, the reports and the measurements, each by its digest', () => {
    const { subject, predicate } = statementOf();
    expect(subject.map(({ name, digest }) => [name, Object.keys(digest)[0]])).toEqual([
      ['source', 'gitCommit'],
      ['verdict.json', 'sha256'],
      ['report.html', 'sha256'],
      ['measurements.log', 'sha256'],
    ]);
    expect(predicate.configuration).toEqual([{ name: 'plan.json', digest: { sha256: 'a'.repeat(64) } }]);
  });

  it('names each objective once', () => {
    const { passedTests, warnedTests, failedTests } = statementOf().predicate;
    const all = [...passedTests, ...warnedTests, ...failedTests];
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(present(reportInput()).objectives.length);
    expect(failedTests).toContain('payment-availability');
  });

  it('passes nothing that the gate does not: a hold is FAILED, a pass with reservations WARNED', () => {
    expect(statementOf().predicate.result).toBe('FAILED');
    expect(statementOf({ ...calm, policy: { inconclusive: 'hold' } }).predicate.result).toBe('FAILED');
    expect(statementOf(calm).predicate.result).toBe('WARNED');
    const { document } = present(reportInput(calm));
    const clean = { ...document, decision: { ...document.decision, tolerated: [] } };
    const input = { document: clean, reports: {}, evidenceFiles: {} };
    expect(testResultStatement(input).predicate.result).toBe('PASSED');
  });

  it('warns of what is waived', () => {
    const { warnedTests, failedTests } = statementOf({ policy: { waivers } }).predicate;
    expect(warnedTests).toContain('payment-availability');
    expect(failedTests).not.toContain('payment-availability');
  });
});
