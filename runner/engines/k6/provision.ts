/**
 * Finds k6, or makes it: PEAKPROOF_K6, PATH, the cache, a build with Go, the official release, in this order.
 * k6 is not on npm, so the first rehearsal on a machine pays once for it.
 */
import which from 'which';
import { PeakproofError, problem } from '../../../scenarios/problem.ts';
import { buildK6, probeGo } from './provision-build.ts';
import { type CacheSlot, cacheSlot, fillCache, probeCache } from './provision-cache.ts';
import { withLock } from './provision-lock.ts';
import { downloadK6, officialReleases } from './provision-release.ts';
import { firstLine, pinnedVersion, probeK6 } from './version.ts';

export type K6Source = 'PEAKPROOF_K6' | 'PATH' | 'cache' | 'built with Go' | 'official release';

export interface LocatedK6 {
  readonly path: string;
  readonly version: string;
  readonly source: K6Source;
}

/** `step` is what is being done, `detail` how far it is. */
export type OnProgress = (step: string, detail?: string) => void;

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
  /** Where k6's releases are published. */
  readonly releases?: string;
}

interface Search {
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
  readonly releases: string;
  /** Why each way failed, for the one error at the end. */
  readonly failures: string[];
}

/**
 * Locates a k6 that runs.
 * @throws PeakproofError K6_UNUSABLE if PEAKPROOF_K6 names one that doesn't, K6_NOT_AVAILABLE if no way is left.
 */
export async function locateK6(options: LocateOptions = {}): Promise<LocatedK6> {
  const search: Search = {
    env: options.env ?? process.env,
    onProgress: options.onProgress ?? (() => {}),
    signal: options.signal,
    releases: options.releases ?? officialReleases,
    failures: [],
  };
  const slot = cacheSlot(search.env);
  return (await findInstalled(search, slot)) ?? (await makeOnce(search, slot));
}

/** Finds a k6 without building or downloading anything; undefined if there is none. For `doctor`. */
export async function findK6(env: NodeJS.ProcessEnv): Promise<LocatedK6 | undefined> {
  const search: Search = { env, onProgress: () => {}, signal: undefined, releases: '', failures: [] };
  return findInstalled(search, cacheSlot(env));
}

async function findInstalled(search: Search, slot: CacheSlot): Promise<LocatedK6 | undefined> {
  const named = search.env.PEAKPROOF_K6;
  if (named) {
    const probe = await probeK6(named);
    if (probe.works) return { path: named, version: probe.version, source: 'PEAKPROOF_K6' };
    throw new PeakproofError(problem('K6_UNUSABLE', `PEAKPROOF_K6: ${probe.cause}`));
  }
  const onPath = await which('k6', { nothrow: true, path: search.env.PATH });
  if (onPath !== null) {
    const probe = await probeK6(onPath);
    if (probe.works) return { path: onPath, version: probe.version, source: 'PATH' };
    search.failures.push(probe.cause);
  }
  return findCached(search, slot);
}

async function findCached(search: Search, slot: CacheSlot): Promise<LocatedK6 | undefined> {
  const probe = await probeCache(slot);
  if (probe?.works) return { path: slot.binary, version: probe.version, source: 'cache' };
  if (probe) search.onProgress(`the cached k6 is unusable (${probe.cause}) and is replaced`);
  return undefined;
}

async function makeOnce(search: Search, slot: CacheSlot): Promise<LocatedK6> {
  const onWait = (holder: string) =>
    search.onProgress('waiting for k6, which another peakproof is preparing', `process ${holder}`);
  try {
    return await withLock(
      slot.lock,
      onWait,
      async () =>
        (await findCached(search, slot)) ?? (await build(search, slot)) ?? (await download(search, slot)),
      search.signal,
    );
  } catch (error) {
    if (search.signal?.aborted) throw new PeakproofError(problem('INTERRUPTED', 'k6 was being prepared'));
    if (!(error instanceof Error)) throw error;
    search.failures.push(firstLine(error));
    throw new PeakproofError(
      problem('K6_NOT_AVAILABLE', `no k6 to generate load with: ${search.failures.join('; ')}`),
    );
  }
}

async function build(search: Search, slot: CacheSlot): Promise<LocatedK6 | undefined> {
  const go = await probeGo(search.env);
  if (!go.works) {
    search.failures.push(go.cause);
    return undefined;
  }
  const step = `building k6 ${pinnedVersion} with Go ${go.version}, once, about 80 s on two cores`;
  search.onProgress(step);
  try {
    const version = await fillCache(slot, `go ${go.version}`, (workFolder, binary) =>
      buildK6({
        go: go.path,
        env: search.env,
        workFolder,
        binary,
        onProgress: (detail) => search.onProgress(step, detail),
        signal: search.signal,
      }),
    );
    return { path: slot.binary, version, source: 'built with Go' };
  } catch (error) {
    search.signal?.throwIfAborted();
    search.failures.push(firstLine(error));
    return undefined;
  }
}

async function download(search: Search, slot: CacheSlot): Promise<LocatedK6> {
  const step = `downloading k6 ${pinnedVersion}`;
  search.onProgress(step);
  const version = await fillCache(slot, search.releases, (workFolder, binary) =>
    downloadK6({
      baseUrl: search.releases,
      workFolder,
      binary,
      onProgress: (detail) => search.onProgress(step, detail),
      signal: search.signal,
    }),
  );
  return { path: slot.binary, version, source: 'official release' };
}
