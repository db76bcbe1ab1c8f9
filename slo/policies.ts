/** Policy files (YAML) → Policies. Strict: unknown keys are errors, and all errors are reported at once. */
import { z } from 'zod';
import { PeakproofError, type Problem, problem } from '../scenarios/problem.ts';
import { readDocuments, type SourceFile, type YamlDocument } from './openslo/documents.ts';
import { validate } from './openslo/issues.ts';
import { didYouMean } from './openslo/text.ts';
import { selects } from './selectors.ts';
import type { Objective, Policy } from './types.ts';

const reaction = z.enum(['hold', 'tolerate']);
const selector = z.record(z.string(), z.string());
const words = z.string().trim().min(1, 'say it in words');

/** `10%` or `10 %` → 0.1. A bare number would leave open whether it is a share or percents. */
const percentage = z
  .string('give a percentage such as 10%')
  .regex(/^\d+(\.\d+)?\s*%$/, 'give a percentage such as 10%')
  .transform((text) => Number((Number.parseFloat(text) / 100).toPrecision(12)));

const waiver = z.strictObject({
  objective: z.union([words, selector], "name an objective's id, or labels"),
  owner: words,
  reason: words,
  expires: z.iso.date('give the last day as YYYY-MM-DD; a waiver without end is a changed promise'),
});

const regressionTolerance = z.strictObject({
  latency: percentage.exactOptional(),
  errors: percentage.exactOptional(),
  selectors: z.array(selector).min(1, 'name at least one selector, or leave the list out').exactOptional(),
});

const policy = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  /** Label selectors; `{}` selects every objective. */
  blocking: z.array(selector).min(1, 'name at least one selector; {} selects all'),
  inconclusive: reaction,
  partial: reaction,
  leastSample: z.int().min(1).exactOptional(),
  assumedDesignEffect: z.number().min(1, 'failures cannot come less than one at a time').exactOptional(),
  toleratedRegressions: regressionTolerance.exactOptional(),
  waivers: z.array(waiver).exactOptional(),
});

const knownFields = [policy, regressionTolerance, waiver].flatMap(({ shape }) => Object.keys(shape));

/**
 * Reads one policy from each document of each file.
 * @param objectives those that waivers may speak of; undefined leaves that unchecked.
 * @throws PeakproofError INVALID_POLICY with every problem of every file.
 */
export function parsePolicies(files: readonly SourceFile[], objectives?: readonly Objective[]): Policy[] {
  const results = files.map((file) => validatePolicyFile(file, objectives));
  const problems = results.flatMap((result) => result.problems);
  const found = results.flatMap((result) => result.policies);
  const repeated = found.filter(
    ({ policy }, index) => found.findIndex((other) => other.policy.name === policy.name) < index,
  );
  problems.push(
    ...repeated.map(({ policy: { name }, source }) =>
      problem('INVALID_POLICY', `policy "${name}" exists already`, source),
    ),
  );
  if (problems.length > 0) throw new PeakproofError(problems);
  return found.map((item) => item.policy);
}

export interface FoundPolicy {
  readonly policy: Policy;
  readonly source: { readonly file: string; readonly line: number };
}

/** The policies of one file, and everything wrong with it, by itself: names may still clash with other files'. */
export function validatePolicyFile(
  file: SourceFile,
  objectives?: readonly Objective[],
): { readonly policies: FoundPolicy[]; readonly problems: Problem[] } {
  const { documents, problems } = readDocuments(file, 'INVALID_POLICY');
  const policies: FoundPolicy[] = [];
  for (const document of documents) {
    const result = validate(policy, document, 'INVALID_POLICY', knownFields);
    if ('problems' in result) {
      problems.push(...result.problems);
      continue;
    }
    problems.push(...unknownObjectives(result.value, document, objectives));
    const source = { file: document.file, line: document.lineOf(['name']) };
    policies.push({ policy: toPolicy(result.value, document), source });
  }
  return { policies, problems };
}

function unknownObjectives(
  { waivers = [] }: z.infer<typeof policy>,
  document: YamlDocument,
  objectives: readonly Objective[] | undefined,
): Problem[] {
  if (objectives === undefined) return [];
  const ids = objectives.map(({ id }) => id);
  return waivers.flatMap(({ objective }, index) => {
    const where = { file: document.file, line: document.lineOf(['waivers', index, 'objective']) };
    if (typeof objective !== 'string') {
      if (objectives.some((item) => selects(objective, item))) return [];
      return [problem('INVALID_POLICY', `waivers[${index}].objective: no objective has these labels`, where)];
    }
    if (ids.includes(objective)) return [];
    const cause = `waivers[${index}].objective: there is no objective "${objective}"${didYouMean(objective, ids)}`;
    return [problem('INVALID_POLICY', cause, where)];
  });
}

function toPolicy({ waivers, ...rest }: z.infer<typeof policy>, document: YamlDocument): Policy {
  if (waivers === undefined) return rest;
  const sourceOf = (index: number) => ({
    file: document.file,
    line: document.lineOf(['waivers', index, 'objective']),
  });
  return { ...rest, waivers: waivers.map((item, index) => ({ ...item, source: sourceOf(index) })) };
}
