/** Finds k6, or makes it. It is not on npm, so the first rehearsal on a machine pays once for it. */
import { findTool, type LocatedTool, type LocateOptions, locateTool } from '../../provision/locate.ts';
import { downloadK6, officialReleases } from './release.ts';
import { k6Tool } from './tool.ts';

/**
 * Locates a k6 that runs: PEAKPROOF_K6, PATH, the cache, a build with Go, the official release, in this order.
 * @param releases where k6's releases are published.
 * @throws PeakproofError K6_UNUSABLE if PEAKPROOF_K6 names one that doesn't, K6_NOT_AVAILABLE if no way is left.
 */
export async function locateK6({
  releases = officialReleases,
  ...options
}: LocateOptions & { readonly releases?: string } = {}): Promise<LocatedTool> {
  const make = (work: Parameters<typeof downloadK6>[1]) => downloadK6(releases, work);
  return locateTool(k6Tool, { ...options, download: { from: releases, make } });
}

/** Finds a k6 without building or downloading anything; undefined if there is none. For `doctor`. */
export async function findK6(env: NodeJS.ProcessEnv): Promise<LocatedTool | undefined> {
  return findTool(k6Tool, env);
}
