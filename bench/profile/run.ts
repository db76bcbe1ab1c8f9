/**
 * Does `peakproof profile` measure what is true? A server that freezes for two seconds at 200 requests/s has computable
 * quantiles; a server's capacity has plain autocannon beside it, taking turns on the same server.
 *
 *     PEAKPROOF_K6=… npm run bench:profile
 */
import { execFile, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runClosedLoop } from '../../runner/engines/autocannon/closed-loop.ts';
import { createK6Engine } from '../../runner/engines/k6/k6.ts';
import { locateK6 } from '../../runner/engines/k6/provision.ts';
import { mixOfRoute } from '../../runner/profile/mix/route.ts';
import { runK6Rate } from '../../runner/profile/rate-k6.ts';
import { openProfileFolder } from '../../runner/store/profile-folder.ts';
import { interpolatedQuantile } from '../../slo/statistics/interpolated-quantile.ts';

const { conversations } = mixOfRoute({ route: '/' });
const { signal } = new AbortController();
const pairs = 7;
const connections = 8;
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function startServer(env: Record<string, string>) {
  const server = fork(fileURLToPath(new URL('./server.mjs', import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: [],
  });
  const port = await new Promise<number>((listening) => {
    server.once('message', (message) => listening(message as number));
  });
  return { baseUrl: `http://127.0.0.1:${port}`, stop: () => server.disconnect() };
}

/** 3,000 requests, 400 of which wait for what is left of the two seconds, and 5 ms of answering. */
async function measureFreeze(): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'peakproof-bench-'));
  const folder = openProfileFolder(path);
  const { baseUrl, stop } = await startServer({ FREEZE_AFTER_MS: '5000', ANSWER_AFTER_MS: '5' });
  const engine = createK6Engine(await locateK6());
  const load = { baseUrl, conversations, ratePerSecond: 200, seconds: 15, signal };
  const { histogram, dropped } = await runK6Rate(load, {
    engine,
    work: { ...folder, folder: path },
    onLogLine: () => {},
  });
  stop();
  rmSync(path, { recursive: true });
  if (histogram === undefined) throw new Error('nothing was measured');
  const rows = [
    ['p95', interpolatedQuantile(histogram, 0.95), 1255],
    ['p99', interpolatedQuantile(histogram, 0.99), 1855],
    ['max', histogram.max, 2005],
  ] as const;
  for (const [name, measured = Number.NaN, truth] of rows) {
    const error = (100 * (measured / truth - 1)).toFixed(2);
    console.log(`freeze ${name}: ${measured.toFixed(0)} ms, truth ${truth} ms, ${error} %`);
  }
  console.log(`freeze dropped arrivals: ${dropped}`);
}

async function measureCapacity(): Promise<void> {
  const { baseUrl, stop } = await startServer({});
  const command = createRequire(import.meta.url).resolve('autocannon');
  const plain = async () => {
    // A command starts cold where our process has already run: its own warm-up makes the two alike.
    const warmUp = ['-W', '[', '-c', String(connections), '-d', '1', ']'];
    const args = [command, '-j', '-c', String(connections), '-d', '3', ...warmUp, baseUrl];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const result = stdout.trim().split('\n').at(-1) ?? '';
    return (JSON.parse(result) as { requests: { average: number } }).requests.average;
  };
  const ours = async () => {
    const load = { baseUrl, conversations, connections, blockSeconds: 0.4, blocks: 8, signal };
    const { perSecond } = await runClosedLoop(load);
    return perSecond.reduce((sum, value) => sum + value, 0) / perSecond.length;
  };
  await ours();
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    // Who goes first changes, so that neither always finds the warmer machine.
    const [a, b] = pair % 2 === 0 ? [await plain(), await ours()] : [await ours(), await plain()].reverse();
    const [reference = Number.NaN, measured = Number.NaN] = [a, b];
    ratios.push(measured / reference);
    console.log(`capacity: autocannon ${reference.toFixed(0)}/s, profile ${measured.toFixed(0)}/s`);
  }
  stop();
  console.log(`capacity ratio, median of ${pairs} pairs: ${median(ratios).toFixed(3)}`);
}

await measureFreeze();
await measureCapacity();
