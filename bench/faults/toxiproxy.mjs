/**
 * How exactly recovery is measured: ten drills with the real Toxiproxy between k6 and a plain HTTP server that stays
 * ill for a time of its own after the network is well again. Each kind of fault that Toxiproxy knows, twice.
 *
 *     node bench/faults/toxiproxy.mjs [--seed 1]
 *
 * Needs k6, and toxiproxy-server or Go. Load goes to 127.0.0.1 only, 50 requests a second. Ends with 1 if a
 * measure is further than half a second from the truth.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';

const limitSeconds = 0.5;
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const jiti = createJiti(import.meta.url);
const { drillThroughToxiproxy } = await jiti.import('../../test/fixtures/faults/toxiproxy-drill.ts');
const { toxiproxyKinds } = await jiti.import('../../runner/faults/drivers/toxiproxy/faults.ts');

/** Numbers in [0, 1) that are the same for one seed: a linear congruential generator (Numerical Recipes). */
let state = Number(values.seed) >>> 0;
function random() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

const folder = mkdtempSync(join(tmpdir(), 'peakproof-toxiproxy-'));
let misses = 0;
for (const [index, kind] of [...toxiproxyKinds, ...toxiproxyKinds].entries()) {
  const run = join(folder, String(index));
  const trial = { kind, illSeconds: 0.2 + 3 * random() };
  const { truthSeconds, measuredSeconds, result } = await drillThroughToxiproxy(trial, run);
  const isWithin = Math.abs(measuredSeconds - truthSeconds) <= limitSeconds;
  if (!isWithin) misses += 1;
  const figures = `truth ${truthSeconds.toFixed(3)} s, measured ${measuredSeconds.toFixed(3)} s`;
  const drills = result.verdict.drills?.drills ?? [];
  const problems = [...result.problems.map(({ code }) => code), ...drills.flatMap((drill) => drill.problems)];
  console.log(`${kind.padEnd(10)} ${figures}${isWithin ? '' : '  TOO FAR'}  ${problems.join('; ')}`);
}
rmSync(folder, { recursive: true });
console.log(`${10 - misses} of 10 within ${limitSeconds} s`);
process.exit(misses === 0 ? 0 : 1);
