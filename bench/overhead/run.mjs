/**
 * Measures what our kit costs the generator: CPU seconds of k6 per 10,000 requests, with contracts, declared
 * limits and OTLP output, against an idiomatic hand-written script without output. Interleaved, medians.
 *
 *     node bench/overhead/run.mjs [--rates 1000,4000] [--seconds 20] [--rounds 3]
 *
 * Needs k6 (PEAKPROOF_K6 or PATH) and a calm machine. Load goes to 127.0.0.1 only.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '1000,4000' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
  },
});
const seconds = Number(values.seconds);
const vus = 100;
const k6 = process.env.PEAKPROOF_K6 ?? 'k6';
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'overhead-'));

/** A plan of the measured suite at `rate` requests a second: as plan.json in a run folder. */
function writePlan(traffic, rate, baseUrl) {
  const hold = { kind: 'hold', fromMultiplier: 1, toMultiplier: 1 };
  const limits = [300, 800];
  const plan = {
    seed: 1,
    environment: { baseUrls: { shop: baseUrl } },
    phases: [
      { name: 'warm-up', startSecond: 0, endSecond: 2, ...hold },
      { name: 'steady', startSecond: 2, endSecond: seconds, ...hold },
    ],
    scenarios: [
      {
        name: 'shop',
        kind: 'service',
        vus,
        arrival: [0, seconds].map((second) => ({ second, ratePerSecond: rate })),
        traffic: traffic.shop,
      },
    ],
    limitsMs: { 'shop.product': limits, 'shop.search': limits, 'shop.add': limits },
    journeyLimitsMs: {},
  };
  const path = join(folder, 'plan.json');
  writeFileSync(path, JSON.stringify(plan));
  return path;
}

/** Runs k6 to its end; resolves with its CPU seconds. `times` tells those of the shell's children. */
async function cpuSecondsOf(args, env) {
  const command = '"$@" >"$LOG" 2>&1; code=$?; times; exit $code';
  const shell = spawn('sh', ['-c', command, 'sh', k6, 'run', '--quiet', ...args], {
    env: { ...process.env, LOG: join(folder, 'k6.log'), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  shell.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(shell, 'close');
  if (code !== 0) throw new Error(readLog());
  const times = [...output.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  return times[2] + times[3];
}

/** With the script and the environment that the runner gives k6. */
function ours({ k6Environment, script }, planFile, sinkPort) {
  const job = {
    planFile,
    summaryFile: join(folder, 'summary.json'),
    collector: { port: sinkPort, token: 'none' },
    secrets: {},
    headers: {},
    trace: false,
  };
  return cpuSecondsOf(['--out', 'opentelemetry', script], k6Environment(job, process.env));
}

function idiomatic(rate, baseUrl) {
  return cpuSecondsOf([here('idiomatic.js')], {
    BASE_URL: baseUrl,
    RATE: String(rate),
    SECONDS: String(seconds),
    VUS: String(vus),
  });
}

const readLog = () => readFileSync(join(folder, 'k6.log'), 'utf8').slice(0, 2000);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function startServer() {
  const server = spawn(process.execPath, [here('server.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(server.stdout, 'data');
  return { server, baseUrl: `http://127.0.0.1:${String(port).trim()}` };
}

/** Takes what k6 exports and keeps nothing: the collector has its own measurement. */
async function startSink() {
  const sink = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end());
  });
  await once(sink.listen(0, '127.0.0.1'), 'listening');
  return sink;
}

async function compare(rate, { traffic, runner, baseUrl, sink }) {
  const plan = writePlan(traffic, rate, baseUrl);
  const per10k = { idiomatic: [], ours: [] };
  const note = async (name, cpuSeconds) => {
    const requests = Number(await (await fetch(`${baseUrl}/count`)).text());
    if (requests < rate * seconds * 0.95) {
      throw new Error(`${name} sent ${requests} of ${rate * seconds} requests:\n${readLog()}`);
    }
    per10k[name].push((cpuSeconds / requests) * 10_000);
    console.log(
      `  ${name.padEnd(9)} ${requests} requests, ${cpuSeconds.toFixed(2)} CPU s, ${per10k[name].at(-1).toFixed(2)} per 10,000`,
    );
  };
  for (let round = 0; round < Number(values.rounds); round++) {
    await note('idiomatic', await idiomatic(rate, baseUrl));
    await note('ours', await ours(runner, plan, sink.address().port));
  }
  const ratio = median(per10k.ours) / median(per10k.idiomatic);
  console.log(
    `${rate}/s: ${median(per10k.idiomatic).toFixed(2)} → ${median(per10k.ours).toFixed(2)} CPU s per 10,000 requests, ratio ${ratio.toFixed(2)}`,
  );
}

const jiti = createJiti(import.meta.url);
const { traffic } = await jiti.import('./suite.ts');
const { k6Environment } = await jiti.import('../../runner/engines/k6/environment.ts');
const { bundleScript } = await jiti.import('../../runner/engines/k6/bundle.ts');
const script = join(folder, 'script.js');
writeFileSync(script, await bundleScript(here('script.k6.ts')));
const { server, baseUrl } = await startServer();
const sink = await startSink();
try {
  for (const rate of values.rates.split(',').map(Number))
    await compare(rate, { traffic, runner: { k6Environment, script }, baseUrl, sink });
} finally {
  server.kill();
  sink.close();
  rmSync(folder, { recursive: true, force: true });
}
