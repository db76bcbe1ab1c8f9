/** What is wrong or odd in OpenSLO files, gathered while reading so that all of it is told at once. */
import { type Problem, type ProblemCode, problem } from '../../scenarios/problem.ts';
import type { Path, YamlDocument } from './documents.ts';
import { pathText } from './text.ts';

/** Something that does not stop a file from being used, and that its author should know. */
export interface Warning {
  readonly cause: string;
  readonly file: string;
  readonly line: number;
}

/** `lenient` forgives unknown fields and whatever the official artefacts of OpenSLO disagree about. */
export type Mode = 'strict' | 'lenient';

export class Findings {
  readonly #problems = new Map<string, Problem>();
  readonly #warnings = new Map<string, Warning>();
  readonly #mode: Mode;

  constructor(mode: Mode) {
    this.#mode = mode;
  }

  /** A document may be read for several objectives: what is wrong with it is told once. */
  get problems(): Problem[] {
    return [...this.#problems.values()];
  }

  get warnings(): Warning[] {
    return [...this.#warnings.values()];
  }

  add(item: Problem): void {
    this.#problems.set(`${item.code} ${item.file}:${item.line} ${item.cause}`, item);
  }

  warn(cause: string, { file, line }: { file: string; line: number }): void {
    this.#warnings.set(`${file}:${line} ${cause}`, { cause, file, line });
  }

  /** An error in strict mode, a warning in lenient mode. */
  tolerate(cause: string, where: { file: string; line: number }, code: ProblemCode): void {
    if (this.#mode === 'lenient') this.warn(cause, where);
    else this.add(problem(code, cause, where));
  }

  get isLenient(): boolean {
    return this.#mode === 'lenient';
  }
}

interface Tolerance {
  readonly assumed?: string;
  readonly code?: ProblemCode;
}

/** A place in a document: what is found there carries file, line and the path to it. */
export class Place {
  readonly #findings: Findings;
  readonly #document: YamlDocument;
  readonly #base: Path;

  constructor(findings: Findings, document: YamlDocument, base: Path = []) {
    this.#findings = findings;
    this.#document = document;
    this.#base = base;
  }

  get isLenient(): boolean {
    return this.#findings.isLenient;
  }

  at(...path: Path): Place {
    return new Place(this.#findings, this.#document, [...this.#base, ...path]);
  }

  error(cause: string, code: ProblemCode = 'INVALID_OBJECTIVE'): void {
    this.#findings.add(problem(code, this.#told(cause), this.where()));
  }

  /** What official artefacts of OpenSLO disagree about; lenient mode says what it takes in place of it. */
  tolerate(cause: string, { assumed, code = 'INVALID_OBJECTIVE' }: Tolerance = {}): void {
    const taken = assumed === undefined || !this.isLenient ? '' : `; ${assumed} assumed`;
    this.#findings.tolerate(this.#told(cause) + taken, this.where(), code);
  }

  unknownField(path: Path, key: string, hint: string): void {
    const full = [...this.#base, ...path];
    const where = { file: this.#document.file, line: this.#document.lineOf(full, key) };
    this.#findings.tolerate(`unknown field ${pathText([...full, key])}${hint}`, where, 'INVALID_OBJECTIVE');
  }

  warn(cause: string): void {
    this.#findings.warn(this.#told(cause), this.where());
  }

  where(): { file: string; line: number } {
    return { file: this.#document.file, line: this.#document.lineOf(this.#base) };
  }

  #told(cause: string): string {
    return `${pathText(this.#base)}: ${cause}`;
  }
}
