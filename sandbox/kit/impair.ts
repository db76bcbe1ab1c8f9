/** Makes a service slow or failing on purpose, exactly as ordered. */
import { HttpError } from './errors.ts';
import type { Impairment } from './messages.ts';
import { evenly } from './share.ts';

/** Answers what to do before each request; undefined when nothing was ordered, so health costs nothing. */
export function impair(impairments: readonly Impairment[]): (() => Promise<void>) | undefined {
  const addedLatencyMs = impairments.reduce((sum, item) => sum + (item.addedLatencyMs ?? 0), 0);
  const errorShare = Math.min(
    1,
    impairments.reduce((sum, item) => sum + (item.errorShare ?? 0), 0),
  );
  if (addedLatencyMs === 0 && errorShare === 0) return undefined;
  const fails = evenly(errorShare);
  return async () => {
    if (addedLatencyMs > 0) await new Promise((done) => setTimeout(done, addedLatencyMs));
    if (fails()) throw new HttpError(500, 'impaired: this service was told to fail');
  };
}

/** How much longer pages take to load in a browser, while every answer of the catalog's routes stays as it is. */
export function pageLoadDelayMs(impairments: readonly Impairment[]): number {
  return impairments.reduce((sum, item) => sum + (item.pageLoadDelayMs ?? 0), 0);
}

/** How much longer every answer takes, as a share of the time it took so far; 0 if nothing was ordered. */
export function slowdownOf(impairments: readonly Impairment[]): number {
  return impairments.reduce((sum, item) => sum + (item.addedLatencyShare ?? 0), 0);
}
