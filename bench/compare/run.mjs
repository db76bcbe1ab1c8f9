/**
 * Measures how far `peakproof compare` can be trusted on this machine: equal runs of the sandbox, each compared
 * with the one before (a regression found is a false one), and runs with one service slower, each compared with
 * the equal run before it (only that service may be found).
 *
 *     npm run build && node bench/compare/run.mjs [--equal 20] [--slowed 5] [--service payment] [--slower +20%]
 *                                                 [--profile baseline] [--load 5] [--duration 120s] [--force]
 *
 * Needs k6 and a calm machine: on a busy one runs are refused, and compared all the same only with --force.
 * Load goes to the sandbox only.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    equal: { type: 'string', default: '20' },
    slowed: { type: 'string', default: '5' },
    service: { type: 'string', default: 'payment' },
    slower: { type: 'string', default: '+20%' },
    profile: { type: 'string', default: 'baseline' },
    load: { type: 'string', default: '5' },
    duration: { type: 'string', default: '120s' },
    force: { type: 'boolean', default: false },
  },
});
const [equal, slowed] = [Number(values.equal), Number(values.slowed)];
const cli = fileURLToPath(new URL('../../dist/runner/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'compare-'));

function peakproof(args) {
  return spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

let runs = 0;

/** Rehearses once; whether the gate passes does not matter here. */
function rehearse(impair) {
  runs += 1;
  const out = join(folder, `${impair.length > 0 ? 'slowed' : 'equal'}-${runs}`);
  const load = ['--profile', values.profile, '--load', values.load, '--duration', values.duration];
  const ended = peakproof(['rehearse', ...load, ...impair, '--out', out, '--json', '--quiet']);
  if (ended.status === 1 || ended.status === 2) throw new Error(ended.stderr);
  return out;
}

function compare(base, candidate) {
  const ended = peakproof(['compare', base, candidate, '--json', ...(values.force ? ['--force'] : [])]);
  const result = JSON.parse(ended.stdout);
  if (result.problems) return { outcome: 'refused', found: [], note: result.problems[0].cause };
  const found = [...new Set(result.regressions.map(({ service, kind }) => `${service} ${kind}`))];
  const own = result.changes.find(
    ({ kind, service, objectiveId }) => kind === 'latency' && service === values.service && !objectiveId,
  );
  const shift = own?.shift === undefined ? '–' : `${((100 * own.shift) / own.before).toFixed(1)} %`;
  const common = `${(100 * result.commonShiftShare).toFixed(1)} %`;
  return { outcome: result.outcome, found, shift, common, note: result.refusals[0] ?? '' };
}

function tell(kind, { outcome, found, shift = '–', common = '–', note }) {
  const cells = [
    kind.padEnd(7),
    outcome.padEnd(10),
    shift.padStart(8),
    common.padStart(8),
    found.join(', ') || '–',
  ];
  process.stdout.write(`${cells.join('  ')}${note ? `  (${note})` : ''}\n`);
}

const results = { equal: [], slowed: [] };
const target = `${values.service} latency`;
try {
  process.stdout.write(`pair     outcome     ${values.service}    common  found\n`);
  let last = rehearse([]);
  for (let pair = 1; pair <= Math.max(equal, slowed); pair++) {
    if (pair <= slowed) {
      const result = compare(
        last,
        rehearse(['--sandbox-impair', `${values.service}:latency=${values.slower}`]),
      );
      results.slowed.push(result);
      tell('slowed', result);
    }
    if (pair <= equal) {
      const next = rehearse([]);
      const result = compare(last, next);
      results.equal.push(result);
      tell('equal', result);
      last = next;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const count = (list, test) => list.filter(test).length;
const isFound = ({ found }) => found.length === 1 && found[0] === target;
process.stdout.write(`
equal pairs   ${results.equal.length}: ${count(results.equal, ({ outcome }) => outcome === 'regression')} with a regression, ${count(results.equal, ({ outcome }) => outcome === 'nothing' || outcome === 'refused')} of which nothing was said
slowed pairs  ${results.slowed.length}: ${count(results.slowed, isFound)} found ${target} and nothing else, ${count(results.slowed, ({ found }) => found.some((name) => name !== target))} found something else
`);
