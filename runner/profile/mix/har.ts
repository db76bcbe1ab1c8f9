/** Requests from a recording of a browser (HTTP Archive 1.2). */
import { z } from 'zod';
import type { MixRequest } from '../../../scenarios/mix.ts';
import { PeakproofError, problem } from '../../../scenarios/problem.ts';
import { methods } from './route.ts';
import type { Mix } from './types.ts';

const mostEntries = 500;
const longestBody = 256 * 1024;
/** Headers of the connection, of the browser, or that k6 and autocannon set themselves. */
const notSent =
  /^(:.*|host|connection|content-length|transfer-encoding|accept-encoding|user-agent|keep-alive|te|upgrade.*|proxy-.*|sec-.*)$/i;
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

const entry = z.object({
  request: z.object({
    method: z.string(),
    url: z.url(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    postData: z.object({ text: z.string().optional() }).optional(),
  }),
  response: z.object({ status: z.number().int() }).optional(),
});
const archive = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

/**
 * The requests of the recording that go to its first host; only their paths are kept, and sent to the profiled
 * service. @throws PeakproofError INVALID_REQUESTS.
 */
export function mixOfHar(text: string, file: string, only: { readonly method?: string | undefined }): Mix {
  const refuse = (cause: string) => new PeakproofError(problem('INVALID_REQUESTS', cause, { file }));
  const { entries } = parseArchive(text, refuse).log;
  const read = entries.flatMap((item) => {
    const parsed = entry.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
  const host = read[0] && new URL(read[0].request.url).host;
  const ofHost = read.filter(({ request }) => new URL(request.url).host === host);
  const requests = ofHost.flatMap((item) => toRequest(item) ?? []);
  const wanted = requests.filter(
    ({ method }) => only.method === undefined || method === only.method.toUpperCase(),
  );
  if (wanted.length === 0) throw refuse('it holds no request that can be sent');
  const kept = wanted.slice(0, mostEntries);
  const lost = entries.length - kept.length;
  return {
    source: `${kept.length} requests of ${file} (${host})`,
    conversations: kept.map((request) => [request]),
    notes:
      lost === 0
        ? []
        : [
            `${lost} of ${entries.length} recorded requests are left out: other hosts, unusable, or beyond ${mostEntries}.`,
          ],
  };
}

function parseArchive(text: string, refuse: (cause: string) => Error) {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw refuse(`it is not JSON: ${(error as Error).message}`);
  }
  const parsed = archive.safeParse(json);
  if (parsed.success) return parsed.data;
  throw refuse('it is no HTTP Archive: log.entries is missing');
}

/** Undefined for what no engine of ours can send. A recorded answer that was no success is what is expected again. */
function toRequest({ request, response }: z.infer<typeof entry>): MixRequest | undefined {
  const method = request.method.toUpperCase();
  const { pathname, search } = new URL(request.url);
  const body = request.postData?.text;
  if (!(methods as readonly string[]).includes(method) || (body?.length ?? 0) > longestBody) return undefined;
  const headers = request.headers.filter(
    ({ name, value }) => headerName.test(name) && headerValue.test(value) && !notSent.test(name),
  );
  const status = response?.status ?? 0;
  // A cached answer of the browser is asked for afresh.
  const expect = status >= 200 && status < 500 && status !== 304 ? [status] : [];
  return {
    route: `${method} ${pathname}`,
    method,
    path: pathname + search,
    headers: Object.fromEntries(
      headers.filter(({ name }) => !/^if-/i.test(name)).map(({ name, value }) => [name.toLowerCase(), value]),
    ),
    ...(body === undefined ? {} : { body }),
    expect,
  };
}
