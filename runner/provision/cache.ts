/**
 * The per-user cache of tools: `<cache>/<tool>/<version>-<platform>-<arch>/` holds the binary and
 * `<tool>.json`, which says how it came and what it must look like. Both appear by rename, never half.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import envPaths from 'env-paths';
import { z } from 'zod';
import type { Tool, ToolProbe } from './tool.ts';

const recordSchema = z.object({ sha256: z.string(), madeBy: z.string() });

export interface CacheSlot {
  readonly folder: string;
  readonly binary: string;
  readonly record: string;
  readonly lock: string;
}

/** How a binary is made: at a temporary path of a folder that is removed afterwards. */
export interface Making {
  readonly workFolder: string;
  readonly binary: string;
  readonly onProgress: (detail: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export type MakeBinary = (making: Making) => Promise<void>;

/** Where the pinned release of a tool is kept for this platform; PEAKPROOF_CACHE moves the cache. */
export function cacheSlot({ name, command, pinnedVersion }: Tool, env: NodeJS.ProcessEnv): CacheSlot {
  const cache = env.PEAKPROOF_CACHE || envPaths('peakproof', { suffix: '' }).cache;
  const folder = join(cache, name, `${pinnedVersion}-${process.platform}-${process.arch}`);
  return {
    folder,
    binary: join(folder, process.platform === 'win32' ? `${command}.exe` : command),
    record: join(folder, `${name}.json`),
    lock: `${folder}.lock`,
  };
}

/** Undefined if nothing is cached; otherwise whether the binary is the recorded one and runs. */
export async function probeCache(tool: Tool, slot: CacheSlot): Promise<ToolProbe | undefined> {
  if (!(await stat(slot.binary).catch(() => undefined))) return undefined;
  const recorded = await readRecord(slot.record);
  if (recorded === undefined) return { works: false, cause: `${slot.record} is missing or damaged` };
  const [sha256, probe] = await Promise.all([sha256Of(slot.binary), tool.probe(slot.binary)]);
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
  tool: Tool,
  slot: CacheSlot,
  madeBy: string,
  make: (workFolder: string, binary: string) => Promise<void>,
): Promise<string> {
  await mkdir(dirname(slot.folder), { recursive: true });
  const work = await mkdtemp(`${slot.folder}.new-`);
  try {
    const ready = join(work, 'ready');
    await mkdir(ready);
    const binary = join(ready, basename(slot.binary));
    await make(work, binary);
    await chmod(binary, 0o755);
    const probe = await tool.probe(binary);
    if (!probe.works) throw new Error(probe.cause);
    await writeFile(
      join(ready, basename(slot.record)),
      JSON.stringify({ sha256: await sha256Of(binary), madeBy }),
    );
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
