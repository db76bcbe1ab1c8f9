/**
 * Finds a tool, or makes it: its variable, PATH, the cache, a build with Go, a download, in this order.
 * What a tool is made from is pinned, and what was made is checked each time it is taken from the cache.
 */
import which from 'which';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { type CacheSlot, cacheSlot, fillCache, type MakeBinary, probeCache } from './cache.ts';
import { buildWithGo, probeGo } from './go-build.ts';
import { withLock } from './lock.ts';
import { firstLine, type Tool } from './tool.ts';

export interface LocatedTool {
  readonly path: string;
  readonly version: string;
  /** The variable's name, `PATH`, `cache`, `built with Go` or `official release`. */
  readonly source: string;
}

/** `step` is what is being done, `detail` how far it is. */
export type OnProgress = (step: string, detail?: string) => void;

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** A last way to get the tool, where there is one. */
interface Download {
  readonly from: string;
  readonly make: MakeBinary;
}

interface Search {
  readonly tool: Tool;
  readonly slot: CacheSlot;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
  readonly download: Download | undefined;
  /** Why each way failed, for the one error at the end. */
  readonly failures: string[];
}

function searchFor(tool: Tool, options: LocateOptions & { readonly download?: Download }): Search {
  const { env = process.env, onProgress = () => {}, signal, download } = options;
  return { tool, slot: cacheSlot(tool, env), env, onProgress, signal, download, failures: [] };
}

/**
 * Locates a tool that runs.
 * @throws PeakproofError the tool's `unusable` if its variable names one that doesn't, `unavailable` if no way is left.
 */
export async function locateTool(
  tool: Tool,
  options: LocateOptions & { readonly download?: Download } = {},
): Promise<LocatedTool> {
  const search = searchFor(tool, options);
  return (await findInstalled(search)) ?? (await makeOnce(search));
}

/** Finds a tool without building or downloading anything; undefined if there is none. */
export async function findTool(tool: Tool, env: NodeJS.ProcessEnv): Promise<LocatedTool | undefined> {
  return findInstalled(searchFor(tool, { env }));
}

async function findInstalled(search: Search): Promise<LocatedTool | undefined> {
  const { tool, env } = search;
  const named = env[tool.variable];
  if (named) {
    const probe = await tool.probe(named);
    if (probe.works) return { path: named, version: probe.version, source: tool.variable };
    throw new PeakproofError(problem(tool.unusable, `${tool.variable}: ${probe.cause}`));
  }
  const onPath = await which(tool.command, { nothrow: true, path: env.PATH });
  if (onPath !== null) {
    const probe = await tool.probe(onPath);
    if (probe.works) return { path: onPath, version: probe.version, source: 'PATH' };
    search.failures.push(probe.cause);
  }
  return findCached(search);
}

async function findCached({ tool, slot, onProgress }: Search): Promise<LocatedTool | undefined> {
  const probe = await probeCache(tool, slot);
  if (probe?.works) return { path: slot.binary, version: probe.version, source: 'cache' };
  if (probe) onProgress(`the cached ${tool.name} is unusable (${probe.cause}) and is replaced`);
  return undefined;
}

async function makeOnce(search: Search): Promise<LocatedTool> {
  const { tool, slot, signal, failures } = search;
  const onWait = (holder: string) =>
    search.onProgress(`waiting for ${tool.name}, which another peakproof is preparing`, `process ${holder}`);
  const make = async () => (await findCached(search)) ?? (await build(search)) ?? (await download(search));
  try {
    const made = await withLock(slot.lock, onWait, make, signal);
    if (made !== undefined) return made;
  } catch (error) {
    if (signal?.aborted) throw new PeakproofError(problem('INTERRUPTED', `${tool.name} was being prepared`));
    if (!(error instanceof Error)) throw error;
    failures.push(firstLine(error));
  }
  const cause = `no ${tool.name} ${tool.purpose}: ${failures.join('; ')}`;
  throw new PeakproofError(problem(tool.unavailable, cause));
}

async function build(search: Search): Promise<LocatedTool | undefined> {
  const { tool, slot, env, onProgress, signal, failures } = search;
  const go = await probeGo(env, tool.build.oldestGo);
  if (!go.works) {
    failures.push(go.cause);
    return undefined;
  }
  const step = `building ${tool.name} ${tool.pinnedVersion} with Go ${go.version}, once, ${tool.build.takes}`;
  onProgress(step);
  try {
    const version = await fillCache(tool, slot, `go ${go.version}`, (workFolder, binary) =>
      buildWithGo({
        build: tool.build,
        go: go.path,
        env,
        workFolder,
        binary,
        onProgress: (detail) => onProgress(step, detail),
        signal,
      }),
    );
    return { path: slot.binary, version, source: 'built with Go' };
  } catch (error) {
    signal?.throwIfAborted();
    failures.push(firstLine(error));
    return undefined;
  }
}

async function download(search: Search): Promise<LocatedTool | undefined> {
  const { tool, slot, onProgress, signal } = search;
  if (search.download === undefined) return undefined;
  const { from, make } = search.download;
  const step = `downloading ${tool.name} ${tool.pinnedVersion}`;
  onProgress(step);
  const version = await fillCache(tool, slot, from, (workFolder, binary) =>
    make({ workFolder, binary, onProgress: (detail) => onProgress(step, detail), signal }),
  );
  return { path: slot.binary, version, source: 'official release' };
}
