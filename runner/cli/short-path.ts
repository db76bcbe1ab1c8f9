import { relative } from 'node:path';

/** A path as a person would type it: relative if it lies below, absolute otherwise. */
export function shortPath(path: string): string {
  const below = relative('', path);
  return below.startsWith('..') ? path : below;
}
