import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

function file(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const slo = `apiVersion: openslo/v1
kind: SLO
metadata: { name: paying }
spec:
  service: payment
  indicator:
    metadata: { name: paying }
    spec:
      ratioMetric:
        good: { metricSource: { type: k6, spec: { service: payment, outcome: good } } }
        total: { metricSource: { type: k6, spec: { service: payment } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.99 }]
`;

describe('slo validate', () => {
  it('says what was understood', async () => {
    expect(await peakproof(['slo', 'validate', file('right.yaml', slo)])).toEqual({
      code: 0,
      stdout: '1 file is right: 1 SLO, with 1 objective that can be measured.\n',
      stderr: '',
    });
  });

  it('ends with 2 after all problems of all files, beside the warnings', async () => {
    const odd = file('odd.yaml', slo.replace('spec:\n  service', 'spec:\n  colour: red\n  service'));
    const wrong = file('wrong.yaml', slo.replace('target: 0.99', 'target: 1').replace('paying', 'buying'));
    const strict = await peakproof(['slo', 'validate', odd, wrong]);
    expect(strict).toMatchObject({ code: 2, stdout: '' });
    expect(strict.stderr.match(/^error \w+ .*$/gm)).toEqual([
      `error INVALID_OBJECTIVE  ${odd}:5: unknown field spec.colour`,
      `error INVALID_OBJECTIVE  ${wrong}:14: spec.objectives[0].target: too big: 100 % leaves no error budget, and no sample can prove it`,
    ]);
    const lenient = await peakproof(['slo', 'validate', odd, wrong, '--lenient', '--json']);
    expect(lenient.code).toBe(2);
    expect(lenient.stderr).toContain(`warning ${odd}:5: unknown field spec.colour\n`);
    expect(JSON.parse(lenient.stdout).problems).toHaveLength(1);
  });
});

describe('slo', () => {
  it('lists objectives as JSON, with all that is known of them', async () => {
    const { code, stdout } = await peakproof(['slo', 'list', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).objectives).toContainEqual(
      expect.objectContaining({ id: 'payment-availability', target: 0.9999, windowDays: 30 }),
    );
  });

  it('explains an objective, and says which was meant', async () => {
    const told = await peakproof(['slo', 'explain', 'payment-availability']);
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain('29,956 clean requests prove it at 95 % confidence');
    const wrong = await peakproof(['slo', 'explain', 'payment-availabilty']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('Did you mean "payment-availability"?');
  });

  it('exports rules to stdout, and says beside them what was left out', async () => {
    const { code, stdout, stderr } = await peakproof(['slo', 'export', '--prometheus']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^# Written by `peakproof slo export --prometheus`/);
    expect(stderr).toContain('left out checkout-latency: only the load generator sees journeys');
    expect((await peakproof(['slo', 'export'])).code).toBe(2);
  });
});
