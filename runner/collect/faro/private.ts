/**
 * What must not be kept of a visitor. The parser takes named fields only, so that `meta.user`, attributes and
 * whatever else a beacon says never gets further; texts that it does take may still quote a person.
 */
import { oneLine } from './one-line.ts';

/** Each begins where a word does, so that a long text is gone through once. */
const email = /(?<![\p{L}\p{N}_.%+-])[\p{L}\p{N}_.%+-]+(?:@|%40)[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/giu;
/** Of an address with a host or without; what comes before its last segment stays as it is. */
const query = /(\/[^\s?#/]*)[?#][^\s)]*/g;
/** Card, account and telephone numbers. */
const longNumber = /\b\d(?:[ -]?\d){8,}\b/g;
/** `username=jane`, `access_token: x`, and as JSON has them: `"userName": "Jane Doe"`. */
const namedValue =
  /\b(\w{0,40}(?:user(?:_?name|_?id)?|e-?mail|token|password|session(?:_?id)?))["']?\s{0,9}[=:]\s{0,9}(?:"[^"]*"?|'[^']*'?|[^\s&,;)]+)/gi;

/** A text with e-mail addresses, long numbers, values of telling names and the queries of addresses left out. */
export function withoutPersons(text: string): string {
  return text
    .replace(query, '$1')
    .replace(email, '(e-mail)')
    .replace(namedValue, '$1=(left out)')
    .replace(longNumber, '(number)');
}

/** Longer than what any line of a report shows. */
const longestRead = 2000;

/** What a beacon says, as one line of at most `length` characters without persons. */
export function lineWithoutPersons(text: string, length: number): string {
  return oneLine(withoutPersons(text.slice(0, longestRead)), length);
}
