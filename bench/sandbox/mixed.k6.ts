/**
 * Mixed traffic at a constant arrival rate: one request an iteration, in the shares of a shop's day.
 * LOAD is JSON {ratePerSecond, seconds, urls: {gateway, storefront}, token}.
 */
import { check } from 'k6';
import http from 'k6/http';

interface Load {
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly urls: Readonly<Record<'gateway' | 'storefront', string>>;
  readonly token: string;
}

const { ratePerSecond, seconds, urls, token } = JSON.parse(__ENV.LOAD ?? '') as Load;

export const options = {
  scenarios: {
    mixed: {
      executor: 'constant-arrival-rate',
      rate: ratePerSecond,
      timeUnit: '1s',
      duration: `${seconds}s`,
      preAllocatedVUs: ratePerSecond,
    },
  },
  summaryTrendStats: ['p(50)', 'p(95)', 'p(99)', 'max'],
};

const customer = { headers: { authorization: `Bearer ${token}` } };
const json = { headers: { 'content-type': 'application/json' } };
const pick = (count: number): number => 1 + Math.floor(Math.random() * count);
const product = (): string => `p-${String(1 + pick(1999)).padStart(5, '0')}`;

/** Share in percent → request; shares as in scenarios/traffic.ts, reads standing in for rarer writes. */
const requests: readonly (readonly [number, () => http.RefinedResponse<'text'>])[] = [
  [24, () => get(`/catalog/products/${product()}`)],
  [12, () => get('/search?q=smart+lamp')],
  [9, () => get(`/recommendation/products/${product()}`)],
  [9, () => get(`/inventory/products/${product()}`)],
  [8, () => put(`/cart/cart-${pick(500)}/lines/${product()}`, { quantity: 1 })],
  [8, () => get('/feature-flags/evaluate?customerId=customer-000042')],
  [7, () => http.get(`${urls.storefront}/p/${product()}`) as http.RefinedResponse<'text'>],
  [6, () => get('/promotion/active')],
  [5, () => get('/profile/me')],
  [4, () => get('/notification/inbox')],
  [4, () => get('/auth/verify')],
  [4, () => get(`/fulfillment/track/trk-${pick(500_000)}`)],
];

function get(path: string): http.RefinedResponse<'text'> {
  return http.get(urls.gateway + path, customer) as http.RefinedResponse<'text'>;
}

function put(path: string, body: object): http.RefinedResponse<'text'> {
  return http.put(urls.gateway + path, JSON.stringify(body), json) as http.RefinedResponse<'text'>;
}

export default function visit(): void {
  let left = Math.random() * 100;
  for (const [share, send] of requests) {
    left -= share;
    if (left > 0) continue;
    check(send(), { answered: ({ status }) => status === 200 });
    return;
  }
}

interface Summary {
  readonly metrics: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
}

export function handleSummary({ metrics }: Summary): Record<string, string> {
  const latency = metrics.http_req_duration?.values ?? {};
  const result = {
    requests: metrics.http_reqs?.values.count,
    ratePerSecond: metrics.http_reqs?.values.rate,
    failed: metrics.checks?.values.fails,
    dropped: metrics.dropped_iterations?.values.count ?? 0,
    p50Ms: latency['p(50)'],
    p99Ms: latency['p(99)'],
  };
  return { stdout: JSON.stringify(result) };
}
