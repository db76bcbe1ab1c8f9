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
import { encodeQuery, type Params, type Query, urlBuilder } from './url.ts';

const requests = new Counter('peakproof_requests');

// Imported names and properties are looked up at each use, locals are not.
const { request } = http;
const { add: count } = requests;
const isTraced = isTracing;

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

/** Where a sender leaves what came of a request, and whom it tells. */
export interface Exchange {
  /** The parsed body of a 2xx answer, if `parse` asked for it. */
  json: JsonObject | undefined;
  /** Told how long each answer took, where somebody adds it up. */
  readonly took: ((durationMs: number) => void) | undefined;
  /** A customer's JWT, of who sends the request. */
  readonly token: () => string;
  /** Told of address and body as sent, in a traced run. */
  readonly traced: (route: RouteKey, url: string, body: string | null) => void;
  /** Told why a contract was broken; throws ContractBroken. */
  readonly failed: (route: RouteKey, cause: string, status: number) => never;
}

/**
 * Sends to a route: its params first if its path has any, then the content. `parse` makes the JSON available.
 * Throws ContractBroken.
 */
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
  const { tagsOf, bestTags, bestLimitMs } = outcomeTags(
    service,
    key,
    catalog[service]?.tier === 'degradable',
  );
  const { took } = exchange;
  const plainUrl = hasParams ? '' : urlOf();
  const plainSettings = settingsOf(false, undefined, undefined);
  return (first, second, parse) => {
    const content = (hasParams ? second : first) as Content | undefined;
    let url = hasParams ? urlOf(first as Params) : plainUrl;
    let body: string | null = null;
    let settings = plainSettings;
    if (content !== undefined || needsCustomer) {
      if (content?.query !== undefined) url += encodeQuery(content.query);
      body = serialised(content?.body);
      settings = settingsOf(body !== null, needsCustomer ? exchange.token() : undefined, content?.headers);
    }
    const response = request(method, url, body, settings);
    const durationMs = response.timings.duration;
    if (took !== undefined) took(durationMs);
    let broken: string | undefined;
    if (parse || content?.expect !== undefined || !isEvidentlyKept(response)) {
      const { json, broken: cause } = inspect(response, parse, content?.expect ?? contract.status);
      broken = cause ?? (json && content?.doubt?.(json));
      exchange.json = json;
    }
    const isBest = broken === undefined && durationMs < bestLimitMs;
    count(1, isBest ? bestTags : tagsOf(broken === undefined, durationMs, response));
    if (isTraced) exchange.traced(key, url, body);
    if (broken !== undefined) exchange.failed(key, broken, response.status);
    return response;
  };
}

function serialised(body: unknown): string | null {
  if (body === undefined) return null;
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/**
 * The tags that a request is counted under, in sets made once; only degradable services have a stand-in.
 * The usual answer, faster than `bestLimitMs`, has `bestTags` without asking `tagsOf`.
 */
function outcomeTags(service: string, name: RouteKey, mayFallBack: boolean) {
  const limitsMs = plan?.limitsMs[name] ?? [];
  const withOutcome = (outcome: string) => ({ service, name, outcome });
  const keptTags = outcomeNames(limitsMs).map(withOutcome);
  const errorTags = withOutcome('error');
  const fallbackTags = withOutcome('fallback');
  const tagsOf = (isKept: boolean, durationMs: number, response: Response) => {
    if (!isKept) return errorTags;
    // A stand-in that answered for this very service counts against it; one further down does not.
    if (mayFallBack && response.headers['X-Fallback'] === service) return fallbackTags;
    return keptTags[limitIndex(limitsMs, durationMs)];
  };
  const bestLimitMs = mayFallBack ? 0 : (limitsMs[0] ?? Number.POSITIVE_INFINITY);
  return { tagsOf, bestTags: keptTags[0], bestLimitMs };
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
