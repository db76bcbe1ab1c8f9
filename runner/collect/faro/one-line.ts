/**
 * Text from outside as one printable line of at most `length` characters. It is a text of its own: a slice would keep
 * all that it was cut from in memory for as long as it is kept itself.
 */
export function oneLine(text: string, length: number): string {
  const line = text
    .slice(0, length * 4)
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim();
  return Array.from(line).slice(0, length).join('');
}
