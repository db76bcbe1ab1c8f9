/** Figures from a service's own page in Prometheus' text format. */
import { request } from 'undici';

/** A page's text; undefined if it does not come in time, or with another status than 200. */
export async function readPage(
  url: URL,
  headers: Readonly<Record<string, string>>,
  patienceMs: number,
): Promise<string | undefined> {
  try {
    const answer = await request(url, { headers, signal: AbortSignal.timeout(patienceMs) });
    const text = await answer.body.text();
    return answer.statusCode === 200 ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The values of a metric's samples that carry these labels; all if none are given.
 * @param metric a name as Prometheus allows it: no character of it means something to a regular expression.
 */
export function samplesOf(
  page: string,
  metric: string,
  labels: Readonly<Record<string, string>> = {},
): number[] {
  const wanted = Object.entries(labels);
  return [...page.matchAll(new RegExp(`^${metric}(?:\\{([^}\\n]*)\\})? +([^\\s]+)`, 'gm'))]
    .filter(([, own = '']) => wanted.every(([name, value]) => `,${own}`.includes(`,${name}="${value}"`)))
    .map(([, , value]) => Number(value));
}
