/** Markdown from texts that others wrote. */

/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map(plainText).join(' | ')} |`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text as text: no markup, no HTML, no link that a platform makes by itself, and nobody is notified by an `@`
 * that a system under test has put into an error message.
 */
export function plainText(text: string): string {
  return text
    .replace(/[\\`*_[\]|~#]/g, '\\$&')
    .replace(/[&<>]/g, (char) => entities[char] ?? char)
    .replaceAll('@', '@\u200b')
    .replaceAll('://', '&#58;//')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
}
