import { distance } from 'fastest-levenshtein';

/** The known name that a mistyped one probably meant; undefined if none is close. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best !== undefined && best.edits <= Math.max(2, Math.floor(name.length / 3))
    ? best.candidate
    : undefined;
}

/** A remedy for a name that is not known: the one that was probably meant, else all of them. */
export function whatWasMeant(name: string, known: readonly string[]): string {
  const close = nearest(name, known);
  return close === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${close}"?`;
}
