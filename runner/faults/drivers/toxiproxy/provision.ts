/** Finds Toxiproxy, or builds it. It is not on npm, so the first drill that wants it pays once for it. */
import { findTool, type LocatedTool, type LocateOptions, locateTool } from '../../../provision/locate.ts';
import { toxiproxyTool } from './tool.ts';

/**
 * Locates a Toxiproxy that runs: PEAKPROOF_TOXIPROXY, PATH, the cache, a build with Go, in this order.
 * @throws PeakproofError TOXIPROXY_UNUSABLE or TOXIPROXY_NOT_AVAILABLE.
 */
export async function locateToxiproxy(options: LocateOptions = {}): Promise<LocatedTool> {
  return locateTool(toxiproxyTool, options);
}

/** Finds it without building anything; undefined if there is none. */
export async function findToxiproxy(env: NodeJS.ProcessEnv): Promise<LocatedTool | undefined> {
  return findTool(toxiproxyTool, env);
}
