/** Policy files (YAML) → policies: what a gate blocks on and what it tolerates, one file per environment. */
import { z } from 'zod';
import { PeakproofError, type Problem, problem } from '../scenarios/problem.ts';
import { readDocuments, type SourceFile } from './openslo/documents.ts';
import { validate } from './openslo/issues.ts';
import type { Policy } from './types.ts';

const reaction = z.enum(['hold', 'tolerate']);

const policy = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  /** Label selectors; `{}` selects every objective. */
  blocking: z.array(z.record(z.string(), z.string())).min(1, 'name at least one selector; {} selects all'),
  inconclusive: reaction,
  partial: reaction,
});

/**
 * Reads one policy from each document.
 * @throws PeakproofError INVALID_POLICY with every problem of every file.
 */
export function parsePolicies(files: readonly SourceFile[]): Policy[] {
  const problems: Problem[] = [];
  const policies = new Map<string, Policy>();
  for (const { documents, problems: unreadable } of files.map((file) =>
    readDocuments(file, 'INVALID_POLICY'),
  )) {
    problems.push(...unreadable);
    for (const document of documents) {
      const result = validate(policy, document, 'INVALID_POLICY', Object.keys(policy.shape));
      if ('problems' in result) problems.push(...result.problems);
      else if (policies.has(result.value.name)) {
        const where = { file: document.file, line: document.lineOf(['name']) };
        problems.push(problem('INVALID_POLICY', `policy "${result.value.name}" exists already`, where));
      } else policies.set(result.value.name, result.value);
    }
  }
  if (problems.length > 0) throw new PeakproofError(problems);
  return [...policies.values()];
}
