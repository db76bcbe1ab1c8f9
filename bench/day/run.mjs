/**
 * Measures what it costs to evaluate a day: writes the run folder of a rehearsal of 86,400 s over 20 services with
 * 5 routes each, as a rehearsal would have written it, then runs `peakproof evaluate` on it in a process of its own.
 *
 *     npm run build && node bench/day/run.mjs [--rounds 3] [--keep FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createJiti } from 'jiti';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, keep: { type: 'string' } },
});
const jiti = createJiti(import.meta.url);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'day-'));

/** Prints its time and memory, as no tool for that is on every machine. */
const probe = `process.on('exit', () => process.stderr.write(JSON.stringify({
  seconds: process.uptime(), cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
  peakMb: process.resourceUsage().maxRSS / 1024 }) + '\\n'));`;

function evaluate() {
  const cli = fileURLToPath(new URL('../../dist/runner/cli/main.js', import.meta.url));
  const args = ['--import', `data:text/javascript,${encodeURIComponent(probe)}`, cli, 'evaluate', folder];
  const { stderr, stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const last = stderr.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`evaluate ended with ${status}:\n${stderr}\n${stdout}`);
  return JSON.parse(last);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  const { writeDay } = await jiti.import('./write-day.ts');
  console.log(`writing a day into ${values.keep ?? 'a temporary folder'}`);
  const requests = writeDay(folder);
  const megabytes = statSync(join(folder, 'measurements.log')).size / 1e6;
  console.log(`${requests} requests, measurements.log ${megabytes.toFixed(0)} MB`);
  // The first evaluation also writes the reports that the killed run lacks.
  const rounds = Array.from({ length: Number(values.rounds) }, evaluate);
  const format = ({ seconds, cpuSeconds, peakMb }) =>
    `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of CPU, ${peakMb.toFixed(0)} MB`;
  for (const round of rounds) console.log(`  ${format(round)}`);
  const medians = ['seconds', 'cpuSeconds', 'peakMb'].map((name) => [
    name,
    median(rounds.map((round) => round[name])),
  ]);
  console.log(`median ${format(Object.fromEntries(medians))}`);
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
