/** Which page a beacon speaks of, without anything that belongs to one visitor. */
import { oneLine } from './one-line.ts';
import { lineWithoutPersons } from './private.ts';

const longestName = 80;
const unknownPage = '(unknown page)';

/**
 * The page's own id if it has one, else its path with identifiers made equal: `/p/p-00017?q=me` → `/p/:id`. Host,
 * query and fragment are dropped.
 */
export function pageName(page: {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
}): string {
  const own = lineWithoutPersons(page.id ?? '', longestName);
  if (own !== '') return own;
  if (page.url === undefined || !URL.canParse(page.url)) return unknownPage;
  const path = new URL(page.url).pathname.split('/').map(templateOf).join('/');
  return oneLine(path, longestName) || unknownPage;
}

/** A segment with a digit in it, or too long for a word, names one thing of many. */
function templateOf(segment: string): string {
  return /\d/.test(segment) || segment.length > 32 || segment.includes('@') || segment.includes('%40')
    ? ':id'
    : segment;
}
