import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const sources = ['profiles', 'reports', 'runner', 'sandbox', 'scenarios', 'slo'];

/** `npm install` has just built it, unless somebody changed a source since. */
function isBuilt(): boolean {
  const program = join(root, 'dist/runner/cli/main.js');
  if (!existsSync(program)) return false;
  const builtAtMs = statSync(program).mtimeMs;
  const files = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return [...files, 'peakproof.config.ts'].every((file) => statSync(join(root, file)).mtimeMs < builtAtMs);
}

/** Contract and e2e tests drive the compiled package with real k6, as a user does; a missing k6 is built once. */
export default async function setup(): Promise<void> {
  // All projects share one build.
  if (process.env.PEAKPROOF_TESTED_BUILD) return;
  process.env.PEAKPROOF_TESTED_BUILD = 'yes';
  if (!isBuilt()) execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' });
  const compiled = '../../dist/runner/engines/k6/provision.js';
  const { locateK6 }: typeof import('../../runner/engines/k6/provision.ts') = await import(compiled);
  const { path } = await locateK6({ onProgress: (step) => console.log(step) });
  process.env.PEAKPROOF_K6 = path;
}
