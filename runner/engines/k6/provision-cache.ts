/**
 * The per-user cache of k6 binaries: `<cache>/k6/<version>-<platform>-<arch>/` holds the binary and
 * `k6.json`, which says how it came and what it must look like. Both appear by rename, never half.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import envPaths from 'env-paths';
import { z } from 'zod';
import { type K6Probe, pinnedVersion, probeK6 } from './version.ts';

const binaryName = process.platform === 'win32' ? 'k6.exe' : 'k6';

const recordSchema = z.object({ sha256: z.string(), madeBy: z.string() });

export interface CacheSlot {
  readonly folder: string;
  readonly binary: string;
  readonly record: string;
  readonly lock: string;
}

/** Where the pinned k6 of this platform is kept; PEAKPROOF_CACHE moves the cache. */
export function cacheSlot(env: NodeJS.ProcessEnv): CacheSlot {
  const cache = env.PEAKPROOF_CACHE || envPaths('peakproof', { suffix: '' }).cache;
  const folder = join(cache, 'k6', `${pinnedVersion}-${process.platform}-${process.arch}`);
  return {
    folder,
    binary: join(folder, binaryName),
    record: join(folder, 'k6.json'),
    lock: `${folder}.lock`,
  };
}

/** Undefined if nothing is cached; otherwise whether the binary is the recorded one and runs. */
export async function probeCache(slot: CacheSlot): Promise<K6Probe | undefined> {
  if (!(await stat(slot.binary).catch(() => undefined))) return undefined;
  const recorded = await readRecord(slot.record);
  if (recorded === undefined) return { works: false, cause: `${slot.record} is missing or damaged` };
  const [sha256, probe] = await Promise.all([sha256Of(slot.binary), probeK6(slot.binary)]);
  return sha256 === recorded ? probe : { works: false, cause: `${slot.binary} was altered` };
}

async function readRecord(path: string): Promise<string | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, 'utf8'))).sha256;
  } catch {
    return undefined;
  }
}

/**
 * Lets `make` put a binary at a temporary path, proves that it runs, and moves it into the cache.
 * @throws Error if it does not run; the cache is then as it was.
 */
export async function fillCache(
  slot: CacheSlot,
  madeBy: string,
  make: (workFolder: string, binary: string) => Promise<void>,
): Promise<string> {
  await mkdir(dirname(slot.folder), { recursive: true });
  const work = await mkdtemp(`${slot.folder}.new-`);
  try {
    const ready = join(work, 'ready');
    await mkdir(ready);
    const binary = join(ready, binaryName);
    await make(work, binary);
    await chmod(binary, 0o755);
    const probe = await probeK6(binary);
    if (!probe.works) throw new Error(probe.cause);
    await writeFile(join(ready, 'k6.json'), JSON.stringify({ sha256: await sha256Of(binary), madeBy }));
    await rm(slot.folder, { recursive: true, force: true });
    await rename(ready, slot.folder);
    return probe.version;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
