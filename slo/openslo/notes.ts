/** What labels and annotations of an SLO mean here. */
import type { Sli } from '../types.ts';
import type { Place } from './findings.ts';
import type { Metadata } from './metadata.ts';

/** Policies compare a label with one value. */
export function textLabels(labels: NonNullable<Metadata['labels']>, place: Place): Record<string, string> {
  const texts = Object.entries(labels).map(([key, value]): [string, string] => {
    if (typeof value === 'string') return [key, value];
    if (value.length > 1) {
      const assumed = `"${value.join(', ')}"`;
      place.at(key).tolerate('policies select by one value', { assumed, code: 'UNSUPPORTED_OBJECTIVE' });
    }
    return [key, value.join(', ')];
  });
  return Object.fromEntries(texts);
}

/** Queries are a backend's own, so the load at which they count stands in an annotation. */
const atLeastMultiplier = 'peakproof/at-least-multiplier';

/** The SLI; if it is a query, restricted to the load that the annotation names. */
export function multiplierOf<S extends Sli>(sli: S, annotations: Metadata['annotations'], place: Place): S {
  const text = annotations?.[atLeastMultiplier];
  if (text === undefined || sli.measure !== 'series') return sli;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return { ...sli, atLeastMultiplier: value };
  place.at(atLeastMultiplier).error(`"${text}" is no multiple of normal load`);
  return sli;
}

/** The annotation must have something to restrict: what has no effect is refused. */
export function checkMultiplier(
  slis: readonly Sli[],
  annotations: Metadata['annotations'],
  place: Place,
): void {
  if (annotations?.[atLeastMultiplier] === undefined) return;
  if (slis.some(({ measure }) => measure === 'series')) return;
  place
    .at(atLeastMultiplier)
    .error('is for metrics from a backend; other sources say atLeastMultiplier in their spec');
}
