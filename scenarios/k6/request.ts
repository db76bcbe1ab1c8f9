/**
 * Sends one request by its route key and records what came of it: exactly one sample of our own, a
 * counter whose `outcome` tag serves availability and every declared latency limit at once.
 *
 * At thousands of requests a second the generator's CPU goes into samples, tags and small objects
 * (bench/overhead): whatever is the same for all requests of a route is prepared once.
 */
import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import { Counter } from 'k6/metrics';
import { type Catalog, type RouteKey, routeOf } from '../model.ts';
import { contractCheck, type JsonObject, limitIndex, outcomeNames } from './contract.ts';
import { baseUrlOf, isTracing, plan, targetHeaders } from './run.ts';
import { type Params, type Query, urlBuilder } from './url.ts';

const requests = new Counter('peakproof_requests');

// An imported name is looked up at each use, a local one is not.
const { request } = http;
const isTraced = isTracing;
const indexOf = limitIndex;

// k6's own notion of a failed request would cost a sample each and know nothing of contracts.
http.setResponseCallback(null as unknown as ReturnType<typeof http.expectedStatuses>);

/** A request that hangs is a failed one: longer than any promise, shorter than k6's minute. */
const timeoutMs = 10_000;

/** What a request carries beside its path. */
export interface Content {
  readonly query?: Query;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that this very request may have, where a scenario knows more than the contract. */
  readonly expect?: readonly number[];
  /** Says what is wrong with a parsed answer beyond its contract; undefined if nothing is. */
  readonly doubt?: (json: JsonObject) => string | undefined;
}

export type Response = RefinedResponse<'text'>;

/** Where a sender leaves what came of a request, and finds the token of who sends it. */
export interface Exchange {
  /** Sum of the response times so far. */
  responseTimeMs: number;
  /** The parsed body of a 2xx answer, if `parse` asked for it. */
  json: JsonObject | undefined;
  /** Why the contract was broken; undefined if it was kept. */
  broken: string | undefined;
  /** Address and body as sent, for the trace. */
  sent: { readonly url: string; readonly body: string | null } | undefined;
  /** A customer's JWT. */
  readonly token: () => string;
}

/** Sends to a route: its params first if its path has any, then the content. `parse` makes the JSON available. */
export type Send = (
  first: Params | Content | undefined,
  second: Content | undefined,
  parse: boolean,
) => Response;

/** Prepares a route of the catalog. Throws if the catalog or the plan's environment does not know it. */
export function senderOf(catalog: Catalog, key: RouteKey, exchange: Exchange): Send {
  const found = routeOf(catalog, key);
  if (!found) throw new Error(`the catalog has no route ${key}`);
  const { service, route } = found;
  const { method, contract, path } = route;
  const needsCustomer = route.auth === 'customer';
  const hasParams = path.includes(':');
  const urlOf = urlBuilder(key, baseUrlOf(service), path);
  const { isEvidentlyKept, inspect } = contractCheck(contract);
  const settingsOf = settingsBuilder(service, key);
  const count = outcomeCounter(service, key, catalog[service]?.tier === 'degradable');
  return (first, second, parse) => {
    const content = (hasParams ? second : first) as Content | undefined;
    const url = urlOf(hasParams ? (first as Params) : undefined, content?.query);
    const body = content === undefined ? null : serialised(content.body);
    const settings = settingsOf(
      body !== null,
      needsCustomer ? exchange.token() : undefined,
      content?.headers,
    );
    const response = request(method, url, body, settings);
    const durationMs = response.timings.duration;
    exchange.responseTimeMs += durationMs;
    let broken: string | undefined;
    if (parse || content?.expect !== undefined || !isEvidentlyKept(response)) {
      const inspection = inspect(response, parse, content?.expect ?? contract.status);
      const { json } = inspection;
      broken = inspection.broken ?? (json && content?.doubt?.(json));
      exchange.json = json;
      exchange.broken = broken;
    }
    if (isTraced) exchange.sent = { url, body };
    count(broken === undefined, durationMs, response);
    return response;
  };
}

function serialised(body: unknown): string | null {
  if (body === undefined) return null;
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Counts a request under its outcome, with tag sets made once; only degradable services have a stand-in. */
function outcomeCounter(service: string, name: RouteKey, mayFallBack: boolean) {
  const limitsMs = plan?.limitsMs[name] ?? [];
  const tagsOf = (outcome: string) => ({ service, name, outcome });
  const keptTags = outcomeNames(limitsMs).map(tagsOf);
  const errorTags = tagsOf('error');
  const fallbackTags = tagsOf('fallback');
  return (isKept: boolean, durationMs: number, response: Response): void => {
    // A stand-in that answered for this very service counts against it; one further down does not.
    const isFallback = mayFallBack && response.headers['X-Fallback'] === service;
    const tags = isFallback ? fallbackTags : keptTags[indexOf(limitsMs, durationMs)];
    requests.add(1, isKept ? tags : errorTags);
  };
}

type Settings = RefinedParams<'text'>;

/** k6's settings of a request: one object for all requests of a route with one token. */
function settingsBuilder(service: string, name: RouteKey) {
  const fixed = { tags: { service, name }, timeout: timeoutMs } as const;
  const build = (hasBody: boolean, token: string | undefined): Settings => {
    const headers = {
      ...targetHeaders,
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    return Object.keys(headers).length === 0 ? fixed : { ...fixed, headers };
  };
  let lastHasBody = false;
  let lastToken: string | undefined;
  let last = build(lastHasBody, lastToken);
  return (hasBody: boolean, token: string | undefined, headers: Content['headers']): Settings => {
    if (lastHasBody !== hasBody || lastToken !== token) {
      lastHasBody = hasBody;
      lastToken = token;
      last = build(hasBody, token);
    }
    return headers === undefined ? last : { ...last, headers: { ...last.headers, ...headers } };
  };
}
