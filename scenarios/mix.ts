/**
 * A mix of requests that can be sent again and again by any engine: what `peakproof profile` loads one service
 * with. It is data: recorded from scenarios, read from a HAR or OpenAPI file, or given on the command line.
 */

export interface MixRequest {
  /** What tables call it, for example `POST /payment/authorizations`. */
  readonly route: string;
  readonly method: string;
  /** Path and query. May hold marks, as headers and body may. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Statuses that count as served; any 2xx if empty. */
  readonly expect: readonly number[];
  /** Values of the JSON answer that later requests of the conversation carry. */
  readonly captures?: readonly Capture[];
}

export interface Capture {
  readonly name: string;
  /** Keys that lead to the value. */
  readonly keys: readonly string[];
}

/** Requests that belong together: later ones may carry values of earlier answers. */
export type Conversation = readonly MixRequest[];

/** What k6 is told to replay at a constant rate (scenarios/k6/replay.ts). */
export interface ReplayJob {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly conversations: readonly Conversation[];
  readonly conversationsPerSecond: number;
  readonly seconds: number;
  readonly vus: number;
  /** Part of every fresh value: no run repeats those of another one. */
  readonly runId: string;
}

/** The mark of a value that is new in each conversation. */
export const freshName = 'fresh';

// Private-use characters: no request of anybody's holds them.
const [open, close] = ['\ue000', '\ue001'];
const marks = new RegExp(`${open}([^${close}]*)${close}`, 'g');

/** Stands in a text for a value that is known only when the request is sent. */
export function markOf(name: string): string {
  return `${open}${name}${close}`;
}

export function hasMarks({ path, headers, body = '' }: MixRequest): boolean {
  return [path, body, ...Object.values(headers)].some((text) => text.includes(open));
}

type Values = Readonly<Record<string, string>>;

/** The request with a value in the place of each mark, percent-encoded; a missing one leaves nothing. */
export function filled(request: MixRequest, values: Values): MixRequest {
  if (!hasMarks(request)) return request;
  const fill = (text: string) =>
    text.replace(marks, (_mark, name: string) => encodeURIComponent(values[name] ?? ''));
  const headers = Object.entries(request.headers).map(([name, value]) => [name, fill(value)] as const);
  return {
    ...request,
    path: fill(request.path),
    headers: Object.fromEntries(headers),
    ...(request.body === undefined ? {} : { body: fill(request.body) }),
  };
}

/** Takes what later requests need out of an answer's body; an answer without it yields nothing. */
export function captured(request: MixRequest, body: string): Record<string, string> {
  const { captures = [] } = request;
  if (captures.length === 0) return {};
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return {};
  }
  const found = captures.map(({ name, keys }) => [name, valueAt(json, keys)] as const);
  return Object.fromEntries(found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function valueAt(json: unknown, keys: readonly string[]): string | undefined {
  let value: unknown = json;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'string' ? value : undefined;
}

/** Whether a status counts as served. */
export function isServed({ expect }: MixRequest, status: number): boolean {
  return expect.length === 0 ? status >= 200 && status < 300 : expect.includes(status);
}

/** Mean requests of a conversation. */
export function requestsPerConversation(conversations: readonly Conversation[]): number {
  return conversations.flat().length / Math.max(1, conversations.length);
}
