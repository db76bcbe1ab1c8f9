/** Which run a name on the command line means: a folder, `latest`, a run's name or its tag. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { resolveRun } from './latest.ts';
import { files } from './layout.ts';
import type { Manifest } from './manifest.ts';

export const usualRunsFolder = 'runs';

/** `runs/2026-11-27T06-00-00Z-black-friday`: sorts by time, and is a file name everywhere. */
export function usualFolder(name: string, now: Date): string {
  const time = now.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return join(usualRunsFolder, `${time}-${name}`);
}

/**
 * The absolute folder of a run. A path comes first, then a folder of that name under `runsFolder`, then the
 * last run with that tag.
 * @throws PeakproofError RUN_NOT_FOUND.
 */
export function findRun(name: string, runsFolder = usualRunsFolder): string {
  if (name === 'latest' || statSync(name, { throwIfNoEntry: false })?.isDirectory())
    return resolveRun(name, runsFolder);
  if (existsSync(join(runsFolder, name, files.manifest))) return resolveRun(join(runsFolder, name));
  const tagged = listRuns(runsFolder).find(({ manifest }) => manifest.tag === name);
  if (tagged !== undefined) return resolveRun(tagged.path);
  throw new PeakproofError(
    problem('RUN_NOT_FOUND', `there is no run folder, no run of ${runsFolder} and no tag "${name}"`),
  );
}

/** What a run must have in common with another to be its usual baseline. */
export type Origin = Pick<Manifest, 'suite' | 'profile' | 'target'>;

/**
 * The last run of the same suite, profile and target; one that took turns was loaded in another way.
 * @throws PeakproofError RUN_NOT_FOUND if there is none.
 */
export function findLatestLike({ suite, profile, target }: Origin, runsFolder = usualRunsFolder): string {
  const found = listRuns(runsFolder).find(
    ({ manifest }) =>
      manifest.suite === suite &&
      manifest.profile === profile &&
      manifest.side === undefined &&
      manifest.target === target,
  );
  if (found !== undefined) return resolveRun(found.path);
  const cause = `${runsFolder} holds no run of ${profile} on ${target} to compare with`;
  throw new PeakproofError(
    problem('RUN_NOT_FOUND', cause, { remedy: 'Rehearse once without --baseline, or name a run.' }),
  );
}

interface FoundRun {
  readonly path: string;
  readonly manifest: Manifest;
}

/** All runs of a folder, the newest first. What is no run, or cannot be read, is none of them. */
function listRuns(runsFolder: string): FoundRun[] {
  if (!existsSync(runsFolder)) return [];
  return readdirSync(runsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const path = join(runsFolder, name);
      const manifest = readManifest(path);
      return manifest === undefined ? [] : [{ path, manifest }];
    })
    .sort((a, b) => b.manifest.createdAtMs - a.manifest.createdAtMs);
}

function readManifest(path: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(path, files.manifest), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}
