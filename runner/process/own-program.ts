/** Modules of ours that run as programs of their own. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface OwnProgram {
  readonly nodeOptions: readonly string[];
  readonly entry: string;
}

/**
 * What Node must be given to run a module of ours.
 * @param module its URL without an extension: from sources (tests) it is TypeScript, which Node 20 runs only
 * through a loader.
 */
export function ownProgram(module: URL): OwnProgram {
  const extension = extname(fileURLToPath(import.meta.url));
  return {
    nodeOptions: extension === '.ts' ? ['--import', import.meta.resolve('jiti/register')] : [],
    entry: `${fileURLToPath(module)}${extension}`,
  };
}
