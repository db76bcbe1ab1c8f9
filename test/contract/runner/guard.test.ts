import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { spawnGuarded } from '../../../runner/process/spawn-guarded.ts';

const stubborn =
  "process.on('SIGTERM', () => {}); process.on('SIGINT', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up')";

const command = (code: string) => ({
  file: process.execPath,
  args: ['-e', code],
  env: { GREETING: 'hello' },
  cwd: '/',
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a guarded process', () => {
  it('has just the environment it was given, and its output comes through', async () => {
    const code =
      'console.log(process.env.GREETING, process.env.PATH, process.connected); console.error("oops")';
    const child = await spawnGuarded(command(code));
    const [out, err] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
    expect([String(out), String(err)]).toEqual(['hello undefined undefined\n', 'oops\n']);
    expect(await child.ended).toEqual({ code: 0 });
  });

  it('is told to end, and says how it ended', async () => {
    const child = await spawnGuarded(command(stubborn));
    await once(child.stdout, 'data');
    child.signal('SIGINT');
    expect(await child.ended).toEqual({ code: 7 });
    const killed = await spawnGuarded(command(stubborn));
    killed.signal('SIGKILL');
    expect(await killed.ended).toEqual({ signal: 'SIGKILL' });
  });

  it('cannot be started if its file is none', async () => {
    await expect(spawnGuarded({ ...command(''), file: '/no/such/file' })).rejects.toThrow('ENOENT');
  });

  it('ends when its runner is killed, though it ignores SIGTERM', async () => {
    const runner = fork(
      fileURLToPath(new URL('../../fixtures/guarded-runner.ts', import.meta.url)),
      [stubborn],
      {
        execArgv: ['--import', import.meta.resolve('jiti/register')],
      },
    );
    const [pid] = (await once(runner, 'message')) as [number];
    expect(isAlive(pid)).toBe(true);
    runner.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000, interval: 100 });
  });
});
