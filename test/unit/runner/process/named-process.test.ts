import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findProcess, sendSignal, startTicksOf } from '../../../../runner/process/named-process.ts';

let child: ChildProcess;
let pid: number;
let folder: string;

beforeEach(() => {
  child = spawn('sleep', ['60']);
  pid = child.pid ?? 0;
  folder = mkdtempSync(join(tmpdir(), 'peakproof-pid-'));
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function pidFile(text: string): string {
  const file = join(folder, 'service.pid');
  writeFileSync(file, text);
  return file;
}

/** `T` while it is stopped; proc(5). */
const stateOf = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];

describe.runIf(process.platform === 'linux')('sendSignal', () => {
  it.each([
    ['its pid', () => ({ pid, startTicks: startTicksOf(pid) ?? '' })],
    ['a pid file', () => ({ pidFile: pidFile(`${pid}\n`) })],
    ['a command', () => ({ command: ['echo', String(pid)] })],
  ])('reaches a process named by %s', async (_, name) => {
    expect(await sendSignal(name(), 'SIGSTOP')).toBe(true);
    await expect.poll(stateOf).toBe('T');
    expect(await sendSignal(name(), 'SIGCONT')).toBe(true);
    await expect.poll(stateOf).toBe('S');
  });

  it('leaves a process that has ended in peace, however it is named', async () => {
    const startTicks = startTicksOf(pid) ?? '';
    const file = pidFile(String(pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await sendSignal({ pid, startTicks }, 'SIGCONT')).toBe(false);
    expect(await sendSignal({ pidFile: file }, 'SIGCONT')).toBe(false);
    expect(await sendSignal({ command: ['echo', String(pid)] }, 'SIGCONT')).toBe(false);
  });

  it('never signals another process that has got the pid', async () => {
    await expect(sendSignal({ pid, startTicks: '1' }, 'SIGKILL')).rejects.toThrow(/is another one/);
    const file = pidFile(String(pid));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file, longAgo, longAgo);
    await expect(sendSignal({ pidFile: file }, 'SIGKILL')).rejects.toThrow(/started after .* was written/);
    expect(startTicksOf(pid)).toBeDefined();
  });

  it.each(['', 'nonsense', '0', '1', '-1', '12 13', String(process.pid)])(
    'refuses "%s" as a process id',
    async (text) => {
      await expect(findProcess({ pidFile: pidFile(text) })).rejects.toThrow(/gives no process id/);
    },
  );
});
