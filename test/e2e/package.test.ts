import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const elsewhere = join(folder.path, 'elsewhere');
afterAll(folder.remove);

const run = (command: string, args: string[], cwd = elsewhere): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe('the package, installed into an empty folder', () => {
  beforeAll(() => {
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'package.json'), '{"name":"elsewhere","private":true,"type":"module"}');
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder.path];
    const [{ filename }] = JSON.parse(run('npm', pack, packageRoot));
    const archive = join(folder.path, filename);
    run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', archive]);
  });

  it('lists what it has', () => {
    expect(run('npx', ['peakproof', 'list', 'services'])).toMatch(/payment/);
  });

  it('rehearses, with its own scenarios, objectives and sandbox', () => {
    const args = ['rehearse', '--profile', 'smoke', '--duration', '8s', '--service', 'payment', '--quiet'];
    run('npx', ['peakproof', ...args, '--out', 'run']);
    expect(existsSync(join(elsewhere, 'run/report.html'))).toBe(true);
  });

  it('types the config file of a suite', () => {
    writeFileSync(
      join(elsewhere, 'check.ts'),
      `import { defineSuite, profiles } from 'peakproof';
       // @ts-expect-error a suite needs more than a name
       defineSuite({ name: 'x' });
       export const count: number = profiles.length;`,
    );
    const tsc = join(packageRoot, 'node_modules/typescript/bin/tsc');
    run(process.execPath, [
      ...[tsc, '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', 'check.ts'],
    ]);
  });
});
