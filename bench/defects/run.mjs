/**
 * Known failures, on purpose: rehearses the sandbox with each of its defects and without any, and tells which
 * objective caught it first, and after which time.
 *
 *     npm run build && node bench/defects/run.mjs [--only DEFECT]
 *
 * Writes the table of docs/defects.md, unless it is about one defect --only. Exits with 1 if a defect was not caught
 * first by the objective that names it, or the healthy sandbox did not pass. Needs k6 and a calm machine; ten minutes.
 * Load goes to the sandbox only.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const cli = here('../../dist/runner/cli/main.js');
const page = here('../../docs/defects.md');
const folder = mkdtempSync(join(tmpdir(), 'defects-'));

/** Each defect, the profile of peakproof.config.ts that shows it, and the objectives of which one must fail first. */
const defects = [
  ['no-circuit-breaker-on-recommendation', 'drills', ['blast-radius']],
  ['ack-before-fsync', 'drills', ['orders-lost']],
  ['no-health-check', 'drills', ['recovery-time-objective', 'mean-time-to-recover']],
  ['no-idempotency', 'crowd', ['payment-availability']],
  ['oversell-race', 'crowd', ['stock-oversold']],
  // Whoever is asked most, and by other services too, is the first to answer too late for them, or not at all.
  ['autoscaler-off', 'crowd', ['catalog-availability']],
  ['legacy-monolith', 'crowd', ['checkout-availability', 'peak-response', 'capacity']],
];
const profiles = [...new Set(defects.map(([, profile]) => profile))];

/** Rehearses once; with a defect it ends at the first certain failure, and what is only known afterwards follows. */
function rehearse(profile, name, options) {
  const out = join(folder, name);
  const args = ['rehearse', '--config', here('peakproof.config.ts'), '--profile', profile];
  const ended = spawnSync(process.execPath, [cli, ...args, '--seed', '1', '--out', out, ...options], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ended.status === 1 || ended.status === 2) throw new Error(ended.stderr);
  const verdict = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8'));
  const failed = verdict.objectives.filter(({ answer }) => answer === 'fail').map(({ id }) => id);
  const named = /(\S[^\n]*?) certainly failed/.exec(ended.stderr)?.[1];
  return {
    exitCode: ended.status,
    answer: verdict.answer,
    seconds: Math.round(verdict.measuredSeconds),
    during: named?.replace(/^.* {2}/, '').split(', ') ?? [],
    failed,
    isSaturated: /saturated/.test(ended.stdout),
    // What would have been said, if there is no evidence either way.
    reasonOf: (id) => verdict.objectives.find((objective) => objective.id === id)?.reason,
  };
}

function caught([name, profile, expected]) {
  const result = rehearse(profile, name, ['--fail-fast', '--sandbox-defect', name]);
  const first = result.during.length > 0 ? result.during : result.failed;
  const isRight = result.exitCode === 99 && first.some((id) => expected.includes(id));
  const after =
    result.during.length > 0 ? `${result.seconds} s` : `${result.seconds} s, and the audits after it`;
  const others = result.failed.filter((id) => !first.includes(id));
  console.error(`${name}: ${isRight ? 'ok' : 'WRONG'} ${JSON.stringify(result)}`);
  for (const id of isRight ? [] : expected) console.error(`  ${id}: ${result.reasonOf(id)}`);
  return { name, profile, first, after, others, isRight };
}

function healthy(profile) {
  const result = rehearse(profile, `healthy-${profile}`, []);
  console.error(`healthy, ${profile}: ${JSON.stringify(result)}`);
  return { profile, ...result };
}

const chosen = defects.filter(([name]) => values.only === undefined || name === values.only);
try {
  const rows = chosen.map(caught);
  const sound = values.only === undefined ? profiles.map(healthy) : [];
  const list = (ids) => ids.map((id) => `\`${id}\``).join(', ') || '–';
  const lines = [
    '| defect | profile | caught first by | after | others that failed by then |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ name, profile, first, after, others }) =>
        `| \`${name}\` | ${profile} | ${list(first)} | ${after} | ${list(others)} |`,
    ),
    ...sound.map(
      ({ profile, exitCode, seconds, failed }) =>
        `| none | ${profile} | ${exitCode === 0 ? 'passed' : `**exit ${exitCode}**`} | ${seconds} s | ${list(failed)} |`,
    ),
  ];
  console.log(lines.join('\n'));
  if (values.only === undefined) {
    const marks = /(<!-- measured -->\n)[\s\S]*?(<!-- \/measured -->)/;
    writeFileSync(page, readFileSync(page, 'utf8').replace(marks, `$1${lines.join('\n')}\n$2`));
  }
  const isAllRight = rows.every(({ isRight }) => isRight) && sound.every(({ exitCode }) => exitCode === 0);
  process.exitCode = isAllRight ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
