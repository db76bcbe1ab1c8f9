import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const read = (run: string, file: string) => readFileSync(join(folder.path, run, file), 'utf8');

describe('a rehearsal of one service', () => {
  const run = join(folder.path, 'healthy');

  it('passes on a healthy sandbox and leaves every report', async () => {
    const ended = await peakproof([
      ...['rehearse', '--profile', 'smoke', '--duration', '12s', '--service', 'payment', '--out', run],
    ]);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    for (const file of ['report.html', 'junit.xml', 'summary.md', 'verdict.json']) {
      expect(existsSync(join(run, file)), file).toBe(true);
    }
    const verdict = JSON.parse(read('healthy', 'verdict.json'));
    expect(verdict.partial).toEqual([]);
    const services = new Set(verdict.objectives.map((one: { service: string }) => one.service));
    expect([...services]).toEqual(['payment']);
  });

  it('gives the same verdict again from its folder, bit for bit', async () => {
    const before = read('healthy', 'verdict.json');
    const ended = await peakproof(['evaluate', run]);
    expect(ended).toMatchObject({ code: 0 });
    expect(read('healthy', 'verdict.json')).toBe(before);
  });

  it('holds a release on what so few requests cannot prove', async () => {
    expect(await peakproof(['gate', run, '--policy', 'release'])).toMatchObject({ code: 3 });
  });

  it('renders one format to the standard output', async () => {
    const { stdout, code } = await peakproof(['report', run, '--format', 'junit']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<\?xml/);
  });
});

describe('a rehearsal that must fail', () => {
  it('exits 99 on errors and names the service first', async () => {
    const run = join(folder.path, 'errors');
    const ended = await peakproof([
      ...['rehearse', '--profile', 'smoke', '--load', '8', '--duration', '12s', '--service', 'payment'],
      ...['--sandbox-impair', 'payment:errors=20%', '--out', run],
    ]);
    expect(ended, ended.stderr).toMatchObject({ code: 99 });
    const { decision } = JSON.parse(read('errors', 'verdict.json'));
    expect(decision.outcome).toBe('fail');
    expect(decision.because[0]).toMatch(/^payment-/);
    expect(decision.because.join(' ')).toMatch(/availability/);
    expect(ended.stdout).toMatch(/FAIL/);
  });

  it('names the slow service first among twenty', async () => {
    const run = join(folder.path, 'among-twenty');
    const ended = await peakproof([
      ...['rehearse', '--profile', 'smoke', '--load', '3', '--duration', '12s', '--no-browser'],
      ...['--sandbox-impair', 'search:latency=900ms', '--out', run],
    ]);
    expect(ended, ended.stderr).toMatchObject({ code: 99 });
    const { decision } = JSON.parse(read('among-twenty', 'verdict.json'));
    expect(decision.because[0]).toMatch(/^search-.*latency/);
  });
});
