/**
 * A recorded run and its verdict, byte for byte. After a change that is meant, `npx vitest run test/golden/slo -u`
 * writes both anew; read the difference before committing it.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluate } from '../../../slo/evaluate.ts';
import { gate, isBlocking } from '../../../slo/gate.ts';
import type { Measurements } from '../../../slo/measurements.ts';
import { parseObjectives } from '../../../slo/openslo/parse.ts';
import type { Policy } from '../../../slo/types.ts';
import { catalog, plan } from '../../unit/slo/fixtures.ts';
import { recordRun } from './record.ts';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const file = 'objectives.yaml';
const objectives = parseObjectives([{ file, text: read(file) }], catalog, ['visit']);
const policy: Policy = {
  name: 'all',
  description: 'every objective',
  blocking: [{}],
  inconclusive: 'hold',
  partial: 'hold',
};

/** One row a line, so that a difference shows which. */
function rowPerLine(measurements: Measurements): string {
  return JSON.stringify(measurements).replaceAll('},{', '},\n{');
}

test('the recording is what its script records', async () => {
  await expect(rowPerLine(recordRun(plan, 7))).toMatchFileSnapshot('measurements.golden');
});

test('the verdict over the recording, and the decision', async () => {
  const measurements = JSON.parse(read('measurements.golden')) as Measurements;
  const verdict = evaluate({ plan, objectives, measurements, blocking: isBlocking(policy) });
  const decision = gate(verdict, policy, { nowMs: 0 });
  await expect(JSON.stringify({ verdict, decision }, null, 2)).toMatchFileSnapshot('verdict.golden');
});
