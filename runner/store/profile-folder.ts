/** The folder of one profile, beside the run folders. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { usualFolder } from './find-run.ts';
import { writeProblem, writeWhole } from './write.ts';

export const profileFiles = {
  profile: 'profile.json',
  cpuProfile: 'cpu.cpuprofile',
  html: 'report.html',
  engineLog: 'k6.log',
} as const;

export interface ProfileFolder {
  /** Absolute. */
  readonly path: string;
  write(name: string, content: string): void;
  /** Undefined if there is no such file. */
  read(name: string): string | undefined;
  remove(name: string): void;
  /** Takes the whole folder away. */
  removeAll(): void;
}

/**
 * Makes a new folder. @throws PeakproofError RUN_FOLDER_NOT_EMPTY, RUN_FOLDER_NOT_WRITABLE or DISK_FULL.
 */
export function openProfileFolder(path: string): ProfileFolder {
  const root = resolve(path);
  try {
    mkdirSync(root, { recursive: true });
    if (readdirSync(root).length > 0) {
      throw new PeakproofError(problem('RUN_FOLDER_NOT_EMPTY', `${root} is not empty`));
    }
  } catch (error) {
    throw error instanceof PeakproofError ? error : new PeakproofError(writeProblem(root, error));
  }
  const file = (name: string) => join(root, name);
  return {
    path: root,
    write: (name, content) => writeWhole(file(name), content),
    read: (name) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : undefined),
    remove: (name) => rmSync(file(name), { force: true }),
    removeAll: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** `runs/2026-11-27T06-00-00Z-profile-payment`. */
export function usualProfileFolder(name: string, now: Date): string {
  return usualFolder(`profile-${name.replace(/[^\w.-]+/g, '-')}`, now);
}
