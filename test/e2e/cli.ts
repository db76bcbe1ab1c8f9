/** Drives the compiled command as a user does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const packageRoot = resolve(import.meta.dirname, '../..');
const main = join(packageRoot, 'dist/runner/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the standard output or error so far matches. */
  readonly says: (pattern: RegExp) => Promise<void>;
}

interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function start(args: readonly string[], { cwd, env }: Place = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: cwd ?? packageRoot,
    env: { ...process.env, NO_COLOR: '1', GITHUB_ACTIONS: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const look of waiting) look();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
    heard();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
    heard();
  });
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
  const says = (pattern: RegExp) =>
    new Promise<void>((done, fail) => {
      const look = () => {
        if (!pattern.test(stdout + stderr)) return;
        waiting.delete(look);
        done();
      };
      waiting.add(look);
      look();
      void ended.then(() => fail(new Error(`ended without saying ${pattern}:\n${stdout}\n${stderr}`)));
    });
  return { child, ended, says };
}

export function peakproof(args: readonly string[], place: Place = {}): Promise<Ended> {
  return start(args, place).ended;
}

/** A folder that is removed with the returned function. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'peakproof-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
