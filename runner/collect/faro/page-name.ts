/** Which page a beacon speaks of, without anything that belongs to one visitor. */

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
  if (page.id !== undefined && page.id !== '') return oneLine(page.id, longestName);
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

/** Text from outside as one printable line of at most `length` characters. */
export function oneLine(text: string, length: number): string {
  return text
    .slice(0, length * 4)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, length);
}
