/** Ids that follow from their input, so that two runs of one seed see the same ones. */
import { createHash } from 'node:crypto';

/** `prefix_` and 20 hex digits of SHA-256: the same key always names the same thing. */
export function derivedId(prefix: string, key: string): string {
  return `${prefix}_${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;
}

/** FNV-1a, 32 bits: spreads text evenly over buckets, cheaply. Source: Fowler, Noll, Vo (IETF draft-eastlake-fnv). */
export function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A percentage bucket 0 to 99 for sticky assignment. */
export const percentile = (text: string): number => spread(text) % 100;
