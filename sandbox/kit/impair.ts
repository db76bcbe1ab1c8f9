/** Makes a service slow or failing on purpose, exactly as ordered. */
import { HttpError } from './errors.ts';
import type { Impairment } from './messages.ts';

/** Answers what to do before each request; undefined when nothing was ordered, so health costs nothing. */
export function impair(impairments: readonly Impairment[]): (() => Promise<void>) | undefined {
  const addedLatencyMs = impairments.reduce((sum, item) => sum + (item.addedLatencyMs ?? 0), 0);
  const errorShare = Math.min(
    1,
    impairments.reduce((sum, item) => sum + (item.errorShare ?? 0), 0),
  );
  if (addedLatencyMs === 0 && errorShare === 0) return undefined;
  let owed = 0;
  return async () => {
    if (addedLatencyMs > 0) await new Promise((done) => setTimeout(done, addedLatencyMs));
    // Spread evenly instead of by chance: 20 % is every fifth request, in a short run too.
    owed += errorShare;
    if (owed >= 1 - 1e-9) {
      owed -= 1;
      throw new HttpError(500, 'impaired: this service was told to fail');
    }
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
