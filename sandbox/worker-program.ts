/** What a worker thread runs. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

/** The worker module by module, in which an inspector finds each file under its name. */
export const workerModule = new URL('./worker.js', import.meta.url);

/**
 * The worker with all that it imports as one file in `folder`: each of twenty threads would otherwise find, read and
 * compile six hundred, which is half of the sandbox's start. The module itself where esbuild does not work.
 */
export function bundleWorker(folder: string): URL {
  const outfile = join(folder, 'worker.cjs');
  try {
    buildSync({
      entryPoints: [fileURLToPath(workerModule)],
      outfile,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      // Names stay, for stack traces.
      minifySyntax: true,
      minifyWhitespace: true,
      logLevel: 'silent',
    });
    return pathToFileURL(outfile);
  } catch {
    return workerModule;
  }
}
