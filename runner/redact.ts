/** Keeps secrets out of everything that is printed, logged or saved. */

/** Shorter values would blank out half of an innocent text. */
const shortestSecret = 4;

/** Replaces every occurrence of a secret in the text by `***`, also where it stands encoded for a URL or in base64. */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = [...secrets].filter((secret) => secret.length >= shortestSecret).flatMap(formsOf);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((clean, form) => clean.replaceAll(form, '***'), text);
}

function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
}
