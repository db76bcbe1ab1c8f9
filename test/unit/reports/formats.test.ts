import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { formats, renderFiles } from '../../../reports/formats.ts';
import { present } from '../../../reports/model.ts';
import schema from '../../../reports/schema/verdict.schema.json' with { type: 'json' };
import { assets } from '../../fixtures/report/assets.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

const model = present(reportInput());

it('writes each report under its own name', () => {
  expect(renderFiles(model, assets).map(({ fileName }) => fileName)).toEqual([
    'report.html',
    'junit.xml',
    'summary.md',
    'verdict.json',
  ]);
  expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
});

it('writes the others where one format throws', () => {
  const broken = {
    id: 'broken',
    fileName: 'broken.txt',
    render: () => {
      throw new Error('cannot');
    },
  };
  const [first, second] = renderFiles(model, assets, [broken, ...formats]);
  expect(first?.result).toEqual({ error: new Error('cannot') });
  expect(second?.result).toHaveProperty('text');
});

it.each([
  ['failing', {}],
  ['passing', calm],
  ['with drills', { ...calm, drills: { isProtected: false } }],
  ['without data', { measurements: { requests: [], journeys: [], probes: [], readings: [], drops: [] } }],
])('verdict.json of a run %s keeps its published schema', (_, variation) => {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  const json = formats.find(({ id }) => id === 'json')?.render(present(reportInput(variation)), assets) ?? '';
  validate(JSON.parse(json));
  expect(validate.errors).toBeNull();
});

it('verdict.json knows neither clock nor path', () => {
  const input = reportInput();
  const later = { ...input, run: { ...input.run, startedAtMs: 0, command: 'another' } };
  expect(present(later).document).toEqual(model.document);
  expect(JSON.stringify(model.document)).not.toMatch(/\.yaml|2026-11-27T06:00|\//);
});
