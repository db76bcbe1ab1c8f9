/** Where this package's own files are: from sources, from dist/ and installed into node_modules alike. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** True if this code is the compiled one in dist/. */
export const isCompiled = import.meta.url.endsWith('.js');

/** Absolute folder that holds the package's package.json, assets beside it. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('package.json is missing above the program: the installation is damaged');
  return findRoot(parent);
}

/** The package's version, as its package.json states it. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Text of a file that is published with the package. @param path relative to the package's root. */
export function readPackageFile(path: string): string {
  return readFileSync(join(packageRoot, path), 'utf8');
}
