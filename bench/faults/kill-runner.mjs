/**
 * What is left when the runner dies in mid-drill: rehearses against a system that outlives it, kills the runner with
 * SIGKILL at a random moment, and looks whether within three seconds no fault is active and no process left, and
 * whether the run folder can be evaluated.
 *
 *     npm run build && node bench/faults/kill-runner.mjs [--runs 20] [--seed 1]
 *
 * Needs k6 as a rehearsal does, and Linux's /proc. Exits with 1 if any run fails. Load goes to 127.0.0.1 only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const main = here('../../dist/runner/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'kill-runner-'));
const toleratedMs = 3000;
/** The plan's length: a moment after the last fault is one too. */
const planMs = 23_000;

/** Answers 500 while any fault is active. Lives here, and so longer than any runner. */
const active = new Set();
let injected = 0;
const server = createServer((request, response) => {
  const fault = /^\/faults\/(.+)$/.exec(request.url)?.[1];
  if (fault !== undefined && request.method === 'POST') {
    active.add(fault);
    injected += 1;
  } else if (fault !== undefined) active.delete(fault);
  const status = fault === undefined && active.size > 0 ? 500 : 200;
  response.writeHead(status, { 'content-type': 'application/json' }).end('{"id":"i-1"}');
});

/** Park and Miller's generator: the same moments for the same seed. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function writeTarget(url) {
  const hook = (method) => ({ method, url: `${url}/faults/{id}` });
  const faults = {
    allowed: true,
    ...{ kinds: ['errors'], services: ['shop'], driver: 'hook' },
    hooks: [{ inject: hook('POST'), rollBack: hook('DELETE') }],
  };
  const target = { name: 'bench', scale: 1, gateway: url, allow: ['127.0.0.1'], faults };
  writeFileSync(join(folder, 'target.yaml'), JSON.stringify(target));
}

/** Processes whose environment names this run: the runner and all that it started. */
function processesOf(mark) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
      } catch {
        return false;
      }
    });
}

/** Time in ms until it is so; undefined if it is not within the tolerated time. */
async function timeUntil(isSo, sinceMs) {
  while (performance.now() - sinceMs <= toleratedMs) {
    if (isSo()) return Math.round(performance.now() - sinceMs);
    await sleep(10);
  }
  return isSo() ? toleratedMs : undefined;
}

async function run(index, afterMs) {
  const mark = `BENCH_RUN=${process.pid}-${index}`;
  const runFolder = join(folder, `run-${index}`);
  const env = {
    ...process.env,
    BENCH_TARGET: join(folder, 'target.yaml'),
    BENCH_RUN: `${process.pid}-${index}`,
  };
  const common = ['--config', here('peakproof.config.ts')];
  injected = 0;
  const runner = spawn(process.execPath, [main, 'rehearse', '--json', ...common, '--out', runFolder], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(runner, 'exit');
  while (!existsSync(join(runFolder, 'faults.log')) && runner.exitCode === null) await sleep(10);
  await Promise.race([sleep(afterMs), exited]);
  const activeThen = active.size;
  const killedMs = performance.now();
  runner.kill('SIGKILL');
  await exited;
  const mendedMs = await timeUntil(() => active.size === 0, killedMs);
  const goneMs = await timeUntil(() => processesOf(mark).length === 0, killedMs);
  const evaluate = spawn(process.execPath, [main, 'evaluate', runFolder, '--json', ...common], {
    stdio: 'ignore',
  });
  const [code] = await once(evaluate, 'exit');
  active.clear();
  return {
    'killed after, s': Number((afterMs / 1000).toFixed(2)),
    'faults until then': injected,
    'active then': activeThen,
    'none active after, ms': mendedMs ?? 'never',
    'no process after, ms': goneMs ?? 'never',
    'evaluate exits': code,
    holds: mendedMs !== undefined && goneMs !== undefined && [0, 3, 99].includes(code),
  };
}

try {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  writeTarget(`http://127.0.0.1:${server.address().port}`);
  const random = randomFrom(Number(values.seed));
  const rows = [];
  for (let index = 1; index <= Number(values.runs); index += 1)
    rows.push(await run(index, random() * planMs));
  console.table(rows);
  const held = rows.filter(({ holds }) => holds).length;
  console.log(`${held} of ${rows.length}`);
  process.exitCode = held === rows.length ? 0 : 1;
} finally {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
