import { execFileSync } from 'node:child_process';

/** Contract and e2e tests drive the compiled package with real k6, as a user does; a missing k6 is built once. */
export default async function setup(): Promise<void> {
  // Two projects share one build.
  if (process.env.PEAKPROOF_TESTED_BUILD) return;
  process.env.PEAKPROOF_TESTED_BUILD = 'yes';
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' });
  const compiled = '../../dist/runner/engines/k6/provision.js';
  const { locateK6 }: typeof import('../../runner/engines/k6/provision.ts') = await import(compiled);
  const { path } = await locateK6({ onProgress: (step) => console.log(step) });
  process.env.PEAKPROOF_K6 = path;
}
