/** The scenario files that k6 loads: the script and everything it imports or opens, each with its checksum. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { sha256 } from './checksum.ts';

/** k6 resolves relative paths only: everything else it loads is its own. Remote modules are not followed. */
const references = [
  /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g,
  /\bopen\(\s*(['"])(\.{0,2}\/?[^'":]+)\1/g,
];
const endings = ['', '.ts', '.js', '/index.ts', '/index.js'];

/**
 * SHA-256 by path, sorted; paths are relative to the script's folder, with `/`. A reference that leads to no
 * file (it stood in a comment) is left out; k6 complains about one that matters.
 * @param beside further entries, which a k6 of their own loads beside the load.
 */
export function hashScenarioFiles(script: string, beside: readonly string[] = []): Record<string, string> {
  const entry = resolve(script);
  const found = new Map<string, string>();
  const waiting = [entry, ...beside.map((path) => resolve(path))];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    found.set(file, sha256(text));
    waiting.push(...filesReferredTo(text, dirname(file)));
  }
  const rows = [...found].map(([file, hash]) => [portablePath(dirname(entry), file), hash] as const);
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One checksum for all of them: of the lines that `sha256sum` prints. */
export function combinedHash(files: Readonly<Record<string, string>>): string {
  return sha256(
    Object.entries(files)
      .map(([path, hash]) => `${hash}  ${path}\n`)
      .join(''),
  );
}

function filesReferredTo(text: string, folder: string): string[] {
  return references
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .flatMap(([, , path = '']) => {
      const candidates = endings.map((ending) => join(folder, `${path}${ending}`));
      return candidates.find(isFile) ?? [];
    });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function portablePath(from: string, to: string): string {
  return relative(from, to).split(sep).join('/');
}
