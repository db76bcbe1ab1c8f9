import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepare } from '../../runner/cli/prepare.ts';
import { createProgram } from '../../runner/cli/program.ts';
import { loadSuite } from '../../runner/load-suite.ts';
import { pointLatest } from '../../runner/store/latest.ts';
import { formatVersion } from '../../runner/store/layout.ts';
import { openRunFolder } from '../../runner/store/run-folder.ts';
import { documentedCommands, exampleCommands, root, yamlOf } from '../fixtures/documented.ts';
import { peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** A shell's variables, as the target files of the documents want them. */
const env = Object.fromEntries(
  [
    'SHOP_TOKEN',
    'LOAD_TEST_TOKEN',
    'CUSTOMER_PASSWORD',
    'WEBHOOK_SECRET',
    'PROMETHEUS_TOKEN',
    'FARO_KEY',
  ].map((name) => [name, 'any']),
);

/** What a rehearsal of this suite leaves that was killed before its first request. */
async function leaveRun(path: string, tag?: string): Promise<void> {
  const suite = await loadSuite({ config: undefined, cwd: root });
  const { plan, policy } = await prepare(suite, { profile: 'smoke' }, {});
  const { name, title, catalog, promises } = suite.suite;
  const manifest = {
    formatVersion,
    ...{ id: 'run', peakproof: '0.0.0', suite: name, profile: 'smoke', target: 'sandbox', seed: 1 },
    ...{ command: 'peakproof rehearse', createdAtMs: 0, toolVersions: {} },
    host: { platform: 'test', cores: 1, memoryMb: 1 },
    ...{ source: {}, scenarios: {}, ...(tag !== undefined && { tag }) },
  };
  const facts = { name, title, catalog, promises };
  const inputs = { plan, policy, objectives: suite.objectives, suite: facts, history: [] };
  openRunFolder(path, manifest, inputs, (text) => text).close();
}

beforeAll(async () => {
  writeFileSync(join(folder.path, 'shop.yaml'), yamlOf('README.md'));
  for (const name of ['staging.yaml', 'candidate.yaml', 'baseline.yaml']) {
    writeFileSync(join(folder.path, name), yamlOf('docs/targets.md'));
  }
  mkdirSync(join(folder.path, 'runs'));
  for (const [name, tag] of [['a'], ['b'], ['c', 'release-41'], ['2026-11-27T06-00-00Z-ramp']] as const) {
    const run = join(folder.path, 'runs', name);
    await leaveRun(run, tag);
    // A killed run gets its reports when it is evaluated.
    await peakproof(['evaluate', run], { cwd: folder.path });
    pointLatest(run);
  }
}, 60_000);

const planOptions = new Set(
  createProgram()
    .commands.find((command) => command.name() === 'plan')
    ?.options.map(({ long }) => long),
);

/** FILE…, NAME, slo/*.yaml: for the reader to fill in. */
const placeholder = /^[A-Z]+…?$|\*/;

/** The arguments that really run: of a rehearsal its plan, which checks every name and number alike. */
function runnable([, command = '', ...rest]: readonly string[]): string[] | undefined {
  // They start or end something, or load it for a minute.
  if (['sandbox', 'stop', 'profile', 'rum'].includes(command) || rest.some((word) => placeholder.test(word)))
    return undefined;
  if (command !== 'rehearse') return [command, ...rest];
  const kept: string[] = [];
  for (const word of rest) {
    if (word.startsWith('--') ? planOptions.has(word) : planOptions.has(kept.at(-1) ?? '')) kept.push(word);
  }
  return ['plan', ...kept];
}

const all = [...documentedCommands(), ...exampleCommands()]
  .filter(({ words }) => words[0] === 'peakproof')
  .flatMap(({ where, words }) => {
    const args = runnable(words);
    return args === undefined ? [] : [[args.join(' '), where, args] as const];
  });
const once = [...new Map(all.map((item) => [item[0], item])).values()];

/** 3: `gate` holds on a run without data; 99 would be a verdict too. */
const decided = [0, 3, 99];

describe('commands of the documents that send nothing', () => {
  it.concurrent.each(once)('%s (%s)', async (_, __, args) => {
    const { code, stdout, stderr } = await peakproof(args, { cwd: folder.path, env });
    // Found and read, but nothing was measured in them.
    if (args[0] === 'compare' && stderr.includes('RUNS_NOT_COMPARABLE')) return;
    expect(decided, stderr).toContain(code);
    expect(stderr).not.toMatch(/^error /m);
    expect(args.includes('--out') || stdout !== '').toBe(true);
  });
});
