/** One request to a Prometheus server's HTTP API (prometheus.io/docs/prometheus/latest/querying/api). */
import type { Readable } from 'node:stream';
import { request } from 'undici';
import { withDeadline } from '../../process/deadline.ts';
import type { MetricEndpoint } from '../../targets/metric-sources.ts';
import { NoData } from './no-data.ts';
import { errorIn } from './parse.ts';

const patienceMs = 10_000;
/** Ten thousand points of one series are a twentieth of this: more is an answer of many series. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Posts a form and resolves with the text of a 2xx answer. Redirects are not followed.
 * @throws NoData for everything else: no connection, 10 s without an answer, another status, over 8 MB.
 */
export async function ask(
  { url, headers }: Pick<MetricEndpoint, 'url' | 'headers'>,
  path: string,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const answer = await withDeadline(patienceMs, signal, (deadline) =>
    send(url + path, headers, form, deadline),
  );
  if (answer.status >= 200 && answer.status < 300) return answer.text;
  throw new NoData(`answered ${answer.status}${explanation(answer)}`);
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function send(
  url: string,
  headers: MetricEndpoint['headers'],
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: {
        ...headers,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
      signal,
    });
    return { status: statusCode, text: await readText(body) };
  } catch (error) {
    if (error instanceof NoData) throw error;
    const { name, code, message } = error as NodeJS.ErrnoException;
    if (name === 'TimeoutError') throw new NoData('gave no answer in time');
    throw new NoData(
      name === 'AbortError' ? 'was no longer waited for' : `did not answer: ${code ?? message}`,
    );
  }
}

async function readText(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop destroys the stream, and with it the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw new NoData('answered with more than 8 MB; a query must give one series, so sum() over it');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function explanation({ status, text }: Answer): string {
  if (status === 401 || status === 403) return ': the target file has wrong credentials for it, or none';
  if (status >= 300 && status < 400) return ', and redirects are not followed';
  const error = errorIn(text);
  return error === undefined ? '' : `: ${error}`;
}
