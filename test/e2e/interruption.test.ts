import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { isAlive, peakproof, start, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const rehearse = (run: string) => [
  ...[
    'rehearse',
    '--profile',
    'baseline',
    '--load',
    '8',
    '--service',
    'catalog',
    '--service',
    'search',
    '--out',
    run,
  ],
];

/** Every process below one, by ps, while they still have their parents. */
function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    rows.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

describe.concurrent('the runner killed in mid-run', () => {
  it('leaves a folder that evaluates as partial, and no orphan', async () => {
    const run = join(folder.path, 'killed');
    const running = start(rehearse(run));
    await running.says(/normal/);
    await sleep(3000);
    const children = descendants(running.child.pid ?? 0);
    expect(children.length).toBeGreaterThanOrEqual(2);
    running.child.kill('SIGKILL');
    await running.ended;
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 200 });
    expect(existsSync(join(run, 'verdict.json'))).toBe(false);

    const ended = await peakproof(['evaluate', run]);
    const verdict = JSON.parse(readFileSync(join(run, 'verdict.json'), 'utf8'));
    expect(verdict.partial.join(' ')).toMatch(/killed/);
    expect(verdict.objectives.some((one: { total: number }) => one.total > 20)).toBe(true);
    expect(ended.stdout).toMatch(/partial/i);
    expect([0, 3]).toContain(ended.code);
  });
});

describe.concurrent('Ctrl-C', () => {
  it('once ends the load, evaluates the part and exits 130', async () => {
    const run = join(folder.path, 'interrupted');
    const running = start(rehearse(run));
    await running.says(/normal/);
    await sleep(3000);
    running.child.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code).toBe(130);
    const verdict = JSON.parse(readFileSync(join(run, 'verdict.json'), 'utf8'));
    expect(verdict.partial.join(' ')).toMatch(/interrupt/);
    expect(existsSync(join(run, 'report.html'))).toBe(true);
  });

  it('twice ends at once and loses nothing written', async () => {
    const run = join(folder.path, 'twice');
    const running = start(rehearse(run));
    await running.says(/normal/);
    await sleep(3000);
    running.child.kill('SIGINT');
    await sleep(100);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(130);
    await peakproof(['evaluate', run]);
    const verdict = JSON.parse(readFileSync(join(run, 'verdict.json'), 'utf8'));
    expect(verdict.partial).not.toEqual([]);
  });
});
