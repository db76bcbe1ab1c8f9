import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, packageRoot, peakproof, temporaryFolder } from './cli.ts';

const cinema = join(packageRoot, 'test/fixtures/cinema');
const folder = temporaryFolder();

interface Cinema {
  readonly servers: ChildProcess;
  readonly urls: { readonly screenings: string; readonly tickets: string };
}

async function openCinema(env: Readonly<Record<string, string>> = {}): Promise<Cinema> {
  const servers = spawn(process.execPath, [join(cinema, 'servers.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const urls = await new Promise<Cinema['urls']>((done) =>
    servers.stdout?.once('data', (line) => done(JSON.parse(`${line}`))),
  );
  return { servers, urls };
}

let honest: Cinema;
let forgetful: Cinema;

beforeAll(async () => {
  [honest, forgetful] = await Promise.all([openCinema(), openCinema({ LOSE_EVERY: '7' })]);
});

afterAll(() => {
  for (const { servers } of [honest, forgetful]) servers.kill();
  folder.remove();
});

const run = (args: string[], { urls } = honest): Promise<Ended> =>
  peakproof(args, { cwd: cinema, env: { SCREENINGS_URL: urls.screenings, TICKETS_URL: urls.tickets } });

describe('a suite of another trade', () => {
  const out = join(folder.path, 'premiere');

  it('is listed', async () => {
    const { code, stdout } = await run(['list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/screenings/);
    expect(stdout).toMatch(/premiere/);
    expect(stdout).toMatch(/opening/);
  });

  it('is planned', async () => {
    const { code, stdout } = await run(['plan']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/night-out/);
  });

  it('is what the doctor looks at, with its target and without our sandbox', async () => {
    const { stdout } = await run(['doctor']);
    expect(stdout).toMatch(/✓ fine +suite +cinema: 2 services, 4 objectives/);
    expect(stdout).toMatch(/✓ fine +usual target +cinema-test/);
    expect(stdout).toMatch(/2 of 2 loopback ports/);
    const unset = await peakproof(['doctor'], { cwd: cinema, env: { SCREENINGS_URL: undefined } });
    expect(unset.stdout).toMatch(/✗ missing +usual target +.*SCREENINGS_URL is not set/);
  });

  it('is not stood in for by another shop', async () => {
    const { code, stderr, stdout } = await run(['sandbox']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/error INVALID_OPTION {2}suite "cinema" has no sandbox\n {2}→ /);
  });

  it('is rehearsed against its own target, and passes', async () => {
    const ended = await run(['rehearse', '--out', out, '--policy', 'opening']);
    expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
  });

  it('fails where its system forgets what it acknowledged, and says exactly how much and over what window', async () => {
    const out = join(folder.path, 'matinee');
    const args = ['rehearse', '--profile', 'matinee', '--out', out, '--policy', 'opening'];
    const { code, stdout } = await run(args, forgetful);
    const answer = await fetch(`${forgetful.urls.tickets}/tickets/sold`);
    const facts = (await answer.json()) as { readonly sold: number; readonly lost: number };
    const [seats] = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8')).ledgers;
    expect(code).toBe(99);
    expect(facts.lost).toBeGreaterThan(1);
    expect(seats).toMatchObject({ lost: facts.lost, present: facts.sold, unread: 0 });
    const told = new RegExp(`Acknowledged seats lost: ${facts.lost}, over a window of [0-9.]+ m?s`);
    expect(stdout).toMatch(told);
    expect(readFileSync(join(out, 'summary.md'), 'utf8')).toMatch(told);
    expect(readFileSync(join(out, 'junit.xml'), 'utf8')).toContain(`seats-lost was ${facts.lost}`);
  });

  it('is evaluated, gated and reported without a word of RetailPulse', async () => {
    const told = [
      (await run(['evaluate', out])).stdout,
      (await run(['gate', out, '--policy', 'opening'])).stdout,
      (await run(['report', out, '--format', 'markdown'])).stdout,
      readFileSync(join(out, 'report.html'), 'utf8'),
      readFileSync(join(out, 'verdict.json'), 'utf8'),
      readFileSync(join(out, 'plan.json'), 'utf8'),
    ].join('\n');
    expect(told).toMatch(/Everybody gets a seat/);
    expect(told).not.toMatch(/retailpulse|black.friday|checkout|storefront/i);
  });
});
