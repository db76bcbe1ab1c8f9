/** What zod found wrong, as problems with file, line and, for a mistyped name, what was probably meant. */
import type { z } from 'zod';
import { nearest } from '../../scenarios/nearest.ts';
import { type Problem, type ProblemCode, problem } from '../../scenarios/problem.ts';
import type { Path, YamlDocument } from './documents.ts';

/** Validates a document; all its problems, or its typed value. */
export function validate<S extends z.ZodType>(
  schema: S,
  document: YamlDocument,
  code: ProblemCode,
  knownFields: readonly string[],
): { value: z.infer<S> } | { problems: Problem[] } {
  const result = schema.safeParse(document.value);
  if (result.success) return { value: result.data };
  return { problems: result.error.issues.flatMap((issue) => toProblems(issue, document, code, knownFields)) };
}

function toProblems(
  issue: z.core.$ZodIssue,
  document: YamlDocument,
  code: ProblemCode,
  knownFields: readonly string[],
): Problem[] {
  const { file } = document;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const cause = `unknown field ${pathText([...issue.path, key])}${didYouMean(key, knownFields)}`;
      return problem(code, cause, { file, line: document.lineOf(issue.path, key) });
    });
  }
  const cause = `${pathText(issue.path)}: ${decapitalise(issue.message)}`;
  return [problem(code, cause, { file, line: document.lineOf(issue.path) })];
}

/** ` (did you mean "payment"?)`, or nothing if no known name is close. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

/** `spec.objectives[0].target`. */
export function pathText(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}

function decapitalise(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
