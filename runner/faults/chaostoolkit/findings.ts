/** What is wrong with an experiment, each with its place in the file. */
import type { z } from 'zod';
import { type Problem, type ProblemCode, problem } from '../../../scenarios/problem.ts';
import type { Path, YamlDocument } from '../../../slo/openslo/documents.ts';
import { toProblems } from '../../../slo/openslo/issues.ts';
import { pathText } from '../../../slo/openslo/text.ts';

export class Findings {
  readonly problems: Problem[] = [];
  readonly #document: YamlDocument;

  constructor(document: YamlDocument) {
    this.#document = document;
  }

  add(code: ProblemCode, path: Path, text: string, remedy?: string): void {
    const where = { file: this.#document.file, line: this.#document.lineOf(path) };
    this.problems.push(
      problem(code, `${pathText(path)}: ${text}`, remedy === undefined ? where : { ...where, remedy }),
    );
  }

  /** The typed value at a path; undefined if it is none, which is then told. */
  read<S extends z.ZodType>(schema: S, value: unknown, path: Path): z.infer<S> | undefined {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const placed = { ...issue, path: [...path, ...issue.path] };
      this.problems.push(...toProblems(placed, this.#document, 'INVALID_EXPERIMENT', []));
    }
    return undefined;
  }
}
