/** `${NAME}` in a target file: values that come from the environment, so that no secret stands in a file. */
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export interface Where {
  readonly file: string;
  readonly line: number;
}

export interface Filled {
  readonly text: string;
  /** What came from the environment. */
  readonly values: readonly string[];
  /** One for each variable that is not set. */
  readonly problems: readonly Problem[];
}

/** Replaces every reference in a text. @param name what the text is, for problems. */
export function fillIn(name: string, text: string, env: NodeJS.ProcessEnv, where: Where): Filled {
  const variables = [...text.matchAll(reference)].map((match) => match[1] ?? '');
  const missing = [...new Set(variables)].filter((variable) => !env[variable]);
  return {
    text: text.replace(reference, (_, variable: string) => env[variable] ?? ''),
    values: variables.map((variable) => env[variable] ?? ''),
    problems: missing.map((variable) =>
      problem('INVALID_TARGET', `${name}: ${variable} is not set`, {
        ...where,
        remedy: `Set ${variable} in the environment of this command.`,
      }),
    ),
  };
}

/** Variables that are not set, wherever the text stands: a file of the wrong shape is told of them too. */
export function unsetVariables(
  value: unknown,
  document: YamlDocument,
  env: NodeJS.ProcessEnv,
  path: readonly string[] = [],
): readonly Problem[] {
  if (typeof value === 'string') {
    return fillIn(path.join('.'), value, env, { file: document.file, line: document.lineOf(path) }).problems;
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    unsetVariables(inner, document, env, [...path, key]),
  );
}
