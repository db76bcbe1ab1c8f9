/**
 * What must not be kept of a visitor. The parser takes named fields only, so that `meta.user`, attributes and
 * whatever else a beacon says never gets further; texts that it does take may still quote a person.
 */

const email = /[\w.%+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/g;
const query = /(https?:\/\/[^\s?#]{1,500})[?#][^\s)]*/g;
/** Card, account and telephone numbers. */
const longNumber = /\b\d(?:[ -]?\d){8,}\b/g;
const namedValue = /\b(user(?:name|id)?|email|token|password|session(?:id)?)\s*[=:]\s*[^\s&,;)]+/gi;

/** A text with e-mail addresses, long numbers, values of telling names and the queries of addresses left out. */
export function withoutPersons(text: string): string {
  return text
    .replace(query, '$1')
    .replace(email, '(e-mail)')
    .replace(namedValue, '$1=(left out)')
    .replace(longNumber, '(number)');
}
