/**
 * One file of all the files that a script imports. k6 evaluates a script anew for each VU, and most of what that
 * costs is a price per module: bundled, a VU starts in half the time (bench/overhead).
 */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

/** What means something else once the text stands in another file: k6 resolves it from the file that says it. */
const boundToItsPlace = /\bopen\s*\(\s*['"`](?!\/)|\bimport\.meta\b|\brequire\s*\(\s*['"`]\./;

/**
 * Resolves with the bundle's text, its source map within, so that k6 names the original places; undefined if the
 * script must stay as it is: a file of it opens others by a relative path, or it is not in order, of which k6
 * itself tells best.
 */
export async function bundleScript(scriptFile: string): Promise<string | undefined> {
  try {
    const { outputFiles, metafile } = await build({
      entryPoints: [scriptFile],
      absWorkingDir: dirname(scriptFile),
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2022',
      external: ['k6', 'k6/*', 'https://*'],
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'silent',
    });
    const sources = Object.keys(metafile.inputs).map((path) => resolve(dirname(scriptFile), path));
    const texts = await Promise.all(sources.map((path) => readFile(path, 'utf8')));
    return texts.some((text) => boundToItsPlace.test(text)) ? undefined : outputFiles[0]?.text;
  } catch {
    return undefined;
  }
}
