/** Reads a YAML file against a schema; every problem names its line, and all come at once. */
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../../scenarios/nearest.ts';
import { type Problem, type ProblemCode, problem } from '../../scenarios/problem.ts';

export interface YamlSource {
  readonly file: string;
  /** Line of the value at a path, or of the nearest parent that exists. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

export type YamlResult<T> =
  | { readonly value: T; readonly source: YamlSource }
  | { readonly problems: readonly Problem[] };

/** Parses strictly: syntax, unknown keys and wrong types are problems with the given code. */
export function readYaml<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  code: ProblemCode,
): YamlResult<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) =>
      problem(code, error.message.split('\n', 1)[0] ?? error.message, {
        file,
        line: lines.linePos(error.pos[0]).line,
      }),
    );
    return { problems };
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, source: { file, lineOf } };
  return { problems: parsed.error.issues.flatMap((issue) => describe(issue, schema, code, file, lineOf)) };
}

function describe(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  code: ProblemCode,
  file: string,
  lineOf: YamlSource['lineOf'],
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? keysOf(schema) : [];
    return issue.keys.map((key) => {
      const close = nearest(key, known);
      const cause = `unknown key "${[...issue.path, key].join('.')}"`;
      const line = lineOf([...issue.path, key]);
      return problem(code, cause, { file, line, ...(close ? { remedy: `Did you mean "${close}"?` } : {}) });
    });
  }
  const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return [problem(code, `${where}${issue.message}`, { file, line: lineOf(issue.path) })];
}

function keysOf(schema: z.ZodType): string[] {
  return 'shape' in schema ? Object.keys(schema.shape as object) : [];
}
