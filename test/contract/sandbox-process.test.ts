/** The sandbox as a process: it leaves when it must, stays when it must, and says why it cannot start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ask, eventually, startSandbox } from './sandbox-client.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('an occupied port is named', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  const starting = startSandbox({ ports: { gateway: port } });
  await expect(starting).rejects.toThrow(`PORT_IN_USE: port ${port}`);
  holder.close();
});

test('Ctrl-C in the terminal is not for the sandbox; stop is', async () => {
  const sandbox = await startSandbox();
  process.kill(sandbox.pid, 'SIGINT');
  expect((await ask(sandbox, 'gateway.status')).status).toBe(200);
  await sandbox.stop();
  expect(isAlive(sandbox.pid)).toBe(false);
  // Stopped, it did not die.
  expect(await Promise.race([sandbox.died, setTimeout(100, 'nothing')])).toBe('nothing');
});

test('it tells that it died', async () => {
  const sandbox = await startSandbox();
  process.kill(sandbox.pid, 'SIGKILL');
  expect(await sandbox.died).toEqual({ how: 'SIGKILL', lastWords: '' });
});

test('it ends when its starter is killed', async () => {
  const module = new URL('../../dist/sandbox/sandbox.js', import.meta.url).href;
  const script = `const { startSandbox } = await import('${module}');
    console.log((await startSandbox()).pid); setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await once(starter.stdout, 'data');
  const pid = Number(printed);
  expect(isAlive(pid)).toBe(true);
  starter.kill('SIGKILL');
  await eventually(async () => (isAlive(pid) ? undefined : true));
});

test('impairments do what they say', async () => {
  const sandbox = await startSandbox({
    impairments: [
      { service: 'search', errorShare: 0.2 },
      { service: 'promotion', addedLatencyMs: 400 },
    ],
  });
  const statuses: number[] = [];
  for (let index = 0; index < 10; index += 1) {
    statuses.push((await ask(sandbox, 'search.query', { query: '?q=lamp' })).status);
  }
  expect(statuses.filter((status) => status === 500)).toHaveLength(2);
  const startedAtMs = performance.now();
  await ask(sandbox, 'promotion.active');
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(400);
  await sandbox.stop();
});
