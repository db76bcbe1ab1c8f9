/** The suite's objectives as rules for another tool. */
import { resolve } from 'node:path';
import { count, counted } from '../../reports/figures.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { prometheusRules } from '../../slo/prometheus/rules.ts';
import { loadSuite } from '../load-suite.ts';
import { writeWhole } from '../store/write.ts';
import type { ExportOptions } from './options.ts';

/**
 * Writes the rules to `out`, if it is given.
 * @returns their text, and lines that tell what was done and left out.
 * @throws PeakproofError INVALID_OPTION without a format, or a problem of the suite or of the file.
 */
export async function exportRules(options: ExportOptions): Promise<{ text: string; told: string[] }> {
  if (!options.prometheus) {
    const remedy = 'Add --prometheus.';
    throw new PeakproofError(problem('INVALID_OPTION', 'name the format of the rules', { remedy }));
  }
  const { objectives } = await loadSuite({ config: options.config, cwd: process.cwd() });
  const { text, ruleCount, left } = prometheusRules(objectives);
  if (options.out !== undefined) writeWhole(resolve(options.out), text);
  const where = options.out === undefined ? '' : ` in ${options.out}`;
  const exported = objectives.length - left.length;
  return {
    text,
    told: [
      `${count(ruleCount)} rules for ${counted(exported, 'objective')}${where}`,
      ...left.map(({ id, reason }) => `left out ${id}: ${reason}`),
    ],
  };
}
