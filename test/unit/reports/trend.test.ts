import { expect, test } from 'vitest';
import { renderHtml } from '../../../reports/formats/html.ts';
import { present } from '../../../reports/model.ts';
import { presentTrends } from '../../../reports/present/trend.ts';
import { memoryReading } from '../../../slo/compare/memory-reading.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

const input = reportInput({ ...calm, durationSeconds: 400 });
const leak = Array.from({ length: 80 }, (_, i) => ({
  second: i * 5,
  reading: memoryReading.of('payment'),
  value: (80 + i * 0.25 + (i % 3) * 0.1) * 1e6,
}));
const environment = { ...input.plan.environment, memoryLimitsMb: { payment: 512 } };
const leaking = {
  ...input,
  plan: { ...input.plan, environment },
  measurements: { ...input.measurements, readings: leak },
};

test('a leak is told in words, with its margin and the time to its limit', () => {
  const finding = presentTrends(leaking)?.findings.find((text) => text.includes('leaks'));
  expect(finding).toMatch(
    /^payment: leaks 3(\.\d+)? MB\/min ± 0\.\d+ \(from \d+(\.\d)? MB to \d+(\.\d)? MB in \w+\), reaches the limit of 512 MB in 2\.\d+ h\.$/,
  );
});

test('all series count, also those that stand still and are not told', () => {
  const view = presentTrends(leaking);
  expect(view?.lead).toMatch(/ corrected for all 82 series \(Holm\), .* 81 of them stand still\.$/);
  expect(view?.table.rows).toHaveLength(1);
});

test('memory is shown also where nothing moves', () => {
  const readings = leak.map((reading) => ({ ...reading, value: 80e6 }));
  const view = presentTrends({ ...leaking, measurements: { ...leaking.measurements, readings } });
  expect(view?.findings).toEqual([]);
  const figures = view?.table.rows.map(([service, figure]) => `${service?.text} ${figure?.text}`);
  expect(new Set(figures)).toEqual(new Set(['payment memory']));
});

test('the report has a section for it', () => {
  expect(renderHtml(present(leaking), assets)).toContain('payment: leaks');
});

test('a run without a long hold has no such section', () => {
  expect(present(reportInput()).trends).toBeUndefined();
});
