/** What zod found wrong, as problems with file, line and, for a mistyped name, what was probably meant. */
import type { z } from 'zod';
import { type Problem, type ProblemCode, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from './documents.ts';
import type { Place } from './findings.ts';
import { didYouMean, pathText } from './text.ts';

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

/** One thing that zod found wrong at a place of a document. */
export function toProblems(
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

/**
 * The typed value that stands at a place; undefined if what is wrong with it was told there.
 * In lenient mode unknown fields are warned of and left out.
 */
export function validateAt<S extends z.ZodType>(
  schema: S,
  value: unknown,
  place: Place,
  knownFields: readonly string[],
): z.infer<S> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') place.at(...issue.path).error(decapitalise(issue.message));
    else for (const key of issue.keys) place.unknownField(issue.path, key, didYouMean(key, knownFields));
  }
  const isForgiven = place.isLenient && issues.every((issue) => issue.code === 'unrecognized_keys');
  return isForgiven ? validateAt(schema, withoutUnknownFields(value, issues), place, knownFields) : undefined;
}

function withoutUnknownFields(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const owner = issue.path.reduce((inner, step) => (inner as Record<PropertyKey, unknown>)[step], copy);
    for (const key of issue.keys) delete (owner as Record<string, unknown>)[key];
  }
  return copy;
}

function decapitalise(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
