/**
 * How soon the sandbox is ready, and what a request at its edge costs, with k6 on the same machine.
 *
 *   npm run build && node bench/sandbox/run.mjs [requests per second, 400] [seconds, 30]
 *
 * k6 from PEAKPROOF_K6 or PATH. CPU comes from Linux's /proc, by process: other programs on the machine
 * disturb the busy share, not the CPU seconds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../dist/sandbox/sandbox.js';

const ratePerSecond = Number(process.argv[2] ?? 400);
const seconds = Number(process.argv[3] ?? 30);
const clockTicksPerSecond = 100;
/** At half the rate: by then replicas have been added and code is compiled. */
const warmUpSeconds = 10;

/** CPU seconds a process has used, children not included; undefined once it is gone. */
function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond;
  } catch {
    return undefined;
  }
}

function machineTicks() {
  const ticks = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/).slice(1).map(Number);
  const idle = ticks[3] + ticks[4];
  return { idle, all: ticks.reduce((sum, value) => sum + value, 0) };
}

async function customerToken({ gatewayUrl, secrets }) {
  const response = await fetch(`${gatewayUrl}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'customer-000042@shop.example', password: secrets.customerPassword }),
  });
  return (await response.json()).accessToken;
}

/** Runs k6; resolves with its summary and its CPU seconds. */
async function load(sandbox, rate, forSeconds) {
  const { gatewayUrl: gateway, serviceUrls } = sandbox;
  const urls = { gateway, storefront: serviceUrls.storefront };
  const token = await customerToken(sandbox);
  const script = fileURLToPath(new URL('./mixed.k6.ts', import.meta.url));
  const child = spawn(process.env.PEAKPROOF_K6 ?? 'k6', ['run', '--quiet', '--no-usage-report', script], {
    env: { ...process.env, LOAD: JSON.stringify({ ratePerSecond: rate, seconds: forSeconds, urls, token }) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let generatorCpuSeconds = 0;
  const sampling = setInterval(() => {
    generatorCpuSeconds = cpuSeconds(child.pid) ?? generatorCpuSeconds;
  }, 100);
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  await once(child, 'close');
  clearInterval(sampling);
  return { ...JSON.parse(printed), generatorCpuSeconds };
}

const sandbox = await startSandbox({ tokenLifetimeSeconds: 600 });
const startCpuSeconds = cpuSeconds(sandbox.pid);
await load(sandbox, Math.ceil(ratePerSecond / 2), warmUpSeconds);
const cpuBefore = cpuSeconds(sandbox.pid);
const machineBefore = machineTicks();
const result = await load(sandbox, ratePerSecond, seconds);
const usedCpuSeconds = cpuSeconds(sandbox.pid) - cpuBefore;
const machineAfter = machineTicks();
const idleShare = (machineAfter.idle - machineBefore.idle) / (machineAfter.all - machineBefore.all);
const memory = readFileSync(`/proc/${sandbox.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1];
console.table({
  'ready, ms': Math.round(sandbox.readyMs),
  'CPU until ready, s': startCpuSeconds,
  'requests/s at the edge': Number(result.ratePerSecond.toFixed(1)),
  'failed checks': result.failed,
  'dropped iterations': result.dropped,
  'p50, ms': Number(result.p50Ms.toFixed(1)),
  'p99, ms': Number(result.p99Ms.toFixed(1)),
  'sandbox CPU per request, ms': Number(((usedCpuSeconds * 1000) / result.requests).toFixed(3)),
  'k6 CPU per request, ms': Number(((result.generatorCpuSeconds * 1000) / result.requests).toFixed(3)),
  'sandbox and k6, share of the machine': Number(
    ((usedCpuSeconds + result.generatorCpuSeconds) / seconds / availableParallelism()).toFixed(3),
  ),
  'machine busy share': Number((1 - idleShare).toFixed(3)),
  'sandbox memory, MB': Math.round(Number(memory) / 1024),
});
await sandbox.stop();
