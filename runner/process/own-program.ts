/** Modules of ours that run as programs of their own. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface OwnProgram {
  /** Node itself. */
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The command that runs a module of ours.
 * @param module its URL without an extension: from sources (tests) it is TypeScript, which Node 20 runs only
 * through a loader.
 */
export function ownProgram(module: URL): OwnProgram {
  const extension = extname(fileURLToPath(import.meta.url));
  const loader = extension === '.ts' ? ['--import', import.meta.resolve('jiti/register')] : [];
  return { file: process.execPath, args: [...loader, `${fileURLToPath(module)}${extension}`] };
}
