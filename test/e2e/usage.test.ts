import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot, peakproof } from './cli.ts';

const commands = [
  'rehearse',
  'stop',
  'plan',
  'evaluate',
  'gate',
  'report',
  'compare',
  'verify',
  'profile',
  'history',
  'rum',
  'sandbox',
  'doctor',
  'list',
  'slo',
];

describe('help', () => {
  it('names every command and the exit codes', async () => {
    const { code, stdout, stderr } = await peakproof(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(stdout).toMatch(/Exit codes: 0 .*99 .*3 /);
  });

  it.each(commands)('of %s has examples', async (command) => {
    const { code, stdout } = await peakproof([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Examples:\n  peakproof ${command}`, 'm'));
  });

  it('is given, as wrong usage, where nothing is asked for', async () => {
    expect(await peakproof([])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^Usage:/),
    });
  });
});

describe('wrong usage ends with 2 and says what was meant', () => {
  it.each([
    [['reherse'], /error INVALID_OPTION {2}unknown command 'reherse'\n {2}→ Did you mean rehearse\?/],
    [['plan', '--profil', 'smoke'], /unknown option '--profil'\n {2}→ Did you mean --profile\?/],
    [['gate'], /missing required argument 'run'/],
    [['plan', '--load'], /argument missing/],
    [['list', 'servces'], /"servces" cannot be listed\n {2}→ Did you mean "services"\?/],
    [['report', 'latest', '--format', 'pdf'], /there is no report format "pdf"/],
    [['sandbox', '--port', 'http'], /--port cannot be "http"/],
    [['evaluate', '/nowhere'], /error RUN_NOT_FOUND/],
    [['verify', '/nowhere'], /error RUN_NOT_FOUND/],
    [['stop', '/nowhere'], /error RUN_NOT_FOUND/],
    [['history', '--limit', 'all'], /--limit cannot be "all"/],
    [['history', 'import', '/nowhere'], /error NO_RUNS/],
    [['history', 'budget', '--month', '2026-13'], /--month cannot be "2026-13"/],
    [['history', 'budget', '--days', '7', '--month', '2026-11'], /cannot be used with option/],
  ])('%j', async (args, message) => {
    const { code, stderr, stdout } = await peakproof(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('tells all problems at once, and as JSON where JSON was asked for', async () => {
    const args = ['plan', '--profile', 'smok', '--service', 'paymnt', '--load', '11'];
    const plain = await peakproof(args);
    expect(plain.code).toBe(2);
    expect(plain.stderr.match(/^error \w+/gm)).toEqual([
      'error UNKNOWN_PROFILE',
      'error INVALID_OPTION',
      'error UNKNOWN_SERVICE',
    ]);
    const { problems } = JSON.parse((await peakproof([...args, '--json'])).stdout);
    expect(problems.map(({ code }: { code: string }) => code)).toEqual([
      'UNKNOWN_PROFILE',
      'INVALID_OPTION',
      'UNKNOWN_SERVICE',
    ]);
  });
});

it('reads the options of a subcommand as its own', async () => {
  for (const command of [[], ['list'], ['budget']]) {
    const { code, stdout } = await peakproof(['history', ...command, '--runs', '/nowhere', '--json']);
    expect(code).toBe(0);
    expect(Object.values(JSON.parse(stdout)).filter(Array.isArray).flat()).toEqual([]);
  }
  const { stdout } = await peakproof(['history', '--help']);
  expect(stdout).toMatch(/--service <name>/);
});

it('survives a reader that goes away', () => {
  const main = join(packageRoot, 'dist/runner/cli/main.js');
  const script = `"${process.execPath}" "${main}" list | head -n 1; exit \${PIPESTATUS[0]}`;
  expect(spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: packageRoot })).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^services \(20\)\n$/),
  });
});

it('tells what a drill would do, to people and to programs, without a system', async () => {
  const args = ['rehearse', '--profile', 'recovery', '--dry-run'];
  const { code, stdout, stderr } = await peakproof(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^1:29 +search-crash +inject +PUT /m);
  expect(stdout).toMatch(/^1:37 +search-crash +roll back +DELETE /m);
  expect(stdout).toMatch(/\nNothing was started or sent\.\n$/);
  const steps = JSON.parse((await peakproof([...args, '--json'])).stdout);
  expect(steps).toContainEqual(
    expect.objectContaining({ second: 89, fault: 'search-crash', step: 'inject' }),
  );
});

it('prints no colours into a pipe, and JSON that programs can read', async () => {
  const { stdout } = await peakproof(['plan', '--seed', '1', '--json']);
  const { plan, services, objectives } = JSON.parse(stdout);
  expect(plan).toMatchObject({ profile: 'black-friday', seed: 1, environment: { name: 'sandbox' } });
  expect(services).toHaveLength(20);
  expect(objectives.length).toBeGreaterThan(60);
});
