/**
 * What it costs to collect 1,000 requests a second: the runner's share of one core while real k6 exports once a
 * second (20 services, 60 routes), with probes, log, live view, and 60 objectives judged every 5 s.
 *
 *     npm run build && node bench/collector/run.mjs [--duration 35s]
 *
 * Needs k6 as a rehearsal does, and Linux's /proc. CPU is read by process: a busy machine makes it dearer, not
 * wrong. Load goes to 127.0.0.1 only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';

const { values } = parseArgs({ options: { duration: { type: 'string', default: '35s' } } });
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'collector-'));
const run = join(folder, 'run');
const clockTicksPerSecond = 100;
/** Code is compiled by then, and the sparse first exports are over. */
const warmSecond = 10;

function objectiveOf(service, name, spec, target) {
  const source = (extra) => ({ metricSource: { type: 'k6', spec: { service, ...extra } } });
  return JSON.stringify({
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: `${service}-${name}`, displayName: `${service} ${name}`, labels: { tier: 'critical' } },
    spec: {
      description: name,
      service,
      indicator: {
        metadata: { name: `${service}-${name}-indicator` },
        spec: { ratioMetric: { counter: true, good: source(spec.good), total: source(spec.total) } },
      },
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target }],
    },
  });
}

function writeInputs(services, port) {
  mkdirSync(join(folder, 'objectives'));
  const objectives = services.flatMap((service) => [
    objectiveOf(service, 'reads', { good: { kind: 'read', underMs: 300 }, total: { kind: 'read' } }, 0.99),
    objectiveOf(service, 'writes', { good: { kind: 'write', underMs: 800 }, total: { kind: 'write' } }, 0.99),
    objectiveOf(service, 'answers', { good: { outcome: 'good' }, total: {} }, 0.999),
  ]);
  writeFileSync(join(folder, 'objectives/all.yaml'), objectives.join('\n---\n'));
  const target = `name: bench\nscale: 1\ngateway: http://127.0.0.1:${port}\nallow: [127.0.0.1]\n`;
  writeFileSync(join(folder, 'target.yaml'), target);
}

/** CPU seconds of a process, children not included. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond;
}

/** Rehearses; resolves with the runner's share of a core from `warmSecond` to the last second, and the mean rate. */
async function rehearse() {
  const main = here('../../dist/runner/cli/main.js');
  const args = ['rehearse', '--json', '--config', here('peakproof.config.ts'), '--out', run];
  const runner = spawn(process.execPath, [main, ...args, '--duration', values.duration], {
    env: {
      ...process.env,
      BENCH_OBJECTIVES: join(folder, 'objectives'),
      BENCH_TARGET: join(folder, 'target.yaml'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const samples = [];
  for await (const line of createInterface({ input: runner.stdout })) {
    const { type, second, requests, problems } = JSON.parse(line.startsWith('{"type') ? line : '{}');
    if (problems?.length > 0) throw new Error(line);
    if (type !== 'snapshot' || second < warmSecond) continue;
    samples.push({ atMs: performance.now(), cpu: cpuSeconds(runner.pid), requests });
  }
  if (runner.exitCode === null) await once(runner, 'close');
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || first === last) throw new Error(`the rehearsal ended with ${runner.exitCode}`);
  const seconds = (last.atMs - first.atMs) / 1000;
  return { share: (last.cpu - first.cpu) / seconds, rate: (last.requests - first.requests) / seconds };
}

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"i-1"}');
});
try {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { services } = await createJiti(import.meta.url).import('./suite.ts');
  writeInputs(services, server.address().port);
  const { share, rate } = await rehearse();
  console.table({
    'requests/s': Math.round(rate),
    'runner, % of one core': Number((share * 100).toFixed(2)),
  });
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
