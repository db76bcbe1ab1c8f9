/** YAML text → documents that know on which line each of their fields stands. */
import { isCollection, isMap, isNode, isScalar, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { type Problem, type ProblemCode, problem } from '../../scenarios/problem.ts';

export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

export type Path = readonly PropertyKey[];

export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** Line of the field at a path, or of the nearest one above it that exists. With `key`, of that key in it. */
  lineOf(path: Path, key?: string): number;
}

/** More aliases than this in one document are an attack or a mistake, not a convenience. */
const maxAliasCount = 100;

/** Longer files are refused before they are parsed, which would take seconds. */
const maxCharacters = 1_000_000;
const maxDepth = 200;
const tooDeep = `is nested deeper than ${maxDepth} levels`;
const nestedOnOneLine = new RegExp(`(?:[-?:] +){${maxDepth + 1}}`);

/** Parses every document of a file; syntax errors become problems under `code`. Empty documents are left out. */
export function readDocuments(
  { file, text }: SourceFile,
  code: ProblemCode,
): { documents: YamlDocument[]; problems: Problem[] } {
  const refused = refusalOf(text);
  if (refused !== undefined) return { documents: [], problems: [problem(code, refused, { file })] };
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents: YamlDocument[] = [];
  const problems: Problem[] = [];
  for (const document of parsed) {
    for (const error of [...document.errors, ...document.warnings]) {
      problems.push(problem(code, error.message, { file, line: lines.linePos(error.pos[0]).line }));
    }
    if (document.errors.length > 0 || document.contents === null) continue;
    const start = lineIn(lines, document.contents);
    try {
      const value: unknown = document.toJS({ maxAliasCount });
      if (value === null) continue;
      if (containsItself(value)) throw new Error('an alias stands inside of what it stands for');
      documents.push({ file, value, lineOf: (path, key) => lineOf(document.contents, path, key, lines) });
    } catch (error) {
      problems.push(problem(code, `cannot be read: ${(error as Error).message}`, { file, line: start }));
    }
  }
  return { documents, problems };
}

/** Why a text is not even parsed: nesting without end would take down the parser and the process with it. */
function refusalOf(text: string): string | undefined {
  if (text.length > maxCharacters) return `is longer than ${maxCharacters} characters`;
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxDepth) return tooDeep;
  }
  return nestedOnOneLine.test(text) ? tooDeep : undefined;
}

/** An alias to one of its own parents makes a value without end. */
function containsItself(value: unknown, parents = new Set(), done = new Set()): boolean {
  if (typeof value !== 'object' || value === null || done.has(value)) return false;
  if (parents.has(value)) return true;
  parents.add(value);
  const found = Object.values(value).some((child) => containsItself(child, parents, done));
  parents.delete(value);
  done.add(value);
  return found;
}

function lineOf(root: Node | null, path: Path, key: string | undefined, lines: LineCounter): number {
  let node: Node | null = root;
  let line = lineIn(lines, root);
  for (const step of key === undefined ? path : [...path, key]) {
    const keyNode = isMap(node) ? node.items.find((pair) => keyOf(pair.key) === step)?.key : undefined;
    const child: unknown = isCollection(node) ? node.get(step, true) : undefined;
    if (isNode(keyNode)) line = lineIn(lines, keyNode);
    else if (isNode(child)) line = lineIn(lines, child);
    if (!isNode(child)) break;
    node = child;
  }
  return line;
}

function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

function lineIn(lines: LineCounter, node: Node | null): number {
  return node?.range ? lines.linePos(node.range[0]).line : 1;
}
