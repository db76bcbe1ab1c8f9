/**
 * Replays a mix of requests at a constant arrival rate: the k6 entry of `peakproof profile`. Arrivals do not wait
 * for answers, so that a stall of the service is seen by everybody who would have arrived meanwhile.
 */
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import type { Options } from 'k6/options';
import { captured, filled, freshName, hasMarks, isServed, type MixRequest, type ReplayJob } from '../mix.ts';

const requests = new Counter('peakproof_requests');
const job = JSON.parse(open(__ENV.PEAKPROOF_PLAN as string)) as ReplayJob;
const timeoutMs = 10_000;
/** k6 takes whole iterations per time unit: a long one keeps a rate exact. */
const timeUnitSeconds = 10_000;

http.setResponseCallback(null as unknown as ReturnType<typeof http.expectedStatuses>);

export const options: Options = {
  scenarios: {
    replay: {
      executor: 'constant-arrival-rate',
      rate: Math.max(1, Math.round(job.conversationsPerSecond * timeUnitSeconds)),
      timeUnit: `${timeUnitSeconds}s`,
      duration: `${Math.round(job.seconds * 1000)}ms`,
      preAllocatedVUs: job.vus,
      maxVUs: job.vus,
      gracefulStop: '5s',
    },
  },
  systemTags: ['status', 'error_code'],
  summaryTrendStats: ['count', 'avg', 'max'],
  userAgent: 'peakproof',
  // A redirect could lead to another host: it is an answer, never followed.
  maxRedirects: 0,
};

/** Every request is counted once under `served` or `error`; errors of the connection are errors. */
const served = { outcome: 'served' };
const refused = { outcome: 'error' };

export default function replay(): void {
  const { iterationInTest } = exec.scenario;
  const conversation = job.conversations[iterationInTest % job.conversations.length] ?? [];
  const values: Record<string, string> = { [freshName]: `${job.runId}${iterationInTest}` };
  for (const request of conversation) {
    const body = send(request, values);
    if (body === undefined) return;
    Object.assign(values, captured(request, body));
  }
}

/** The answer's body; undefined if the conversation cannot go on. */
function send(request: MixRequest, values: Readonly<Record<string, string>>): string | undefined {
  const { method, path, headers, body = null } = hasMarks(request) ? filled(request, values) : request;
  const response = http.request(method, job.baseUrl + path, body, {
    headers,
    timeout: timeoutMs,
    responseType: request.captures === undefined ? 'none' : 'text',
  });
  const isGood = isServed(request, response.status);
  requests.add(1, isGood ? served : refused);
  if (!isGood) return undefined;
  return typeof response.body === 'string' ? response.body : '';
}

/** Writes k6's own totals where the runner looks for them, to reconcile what arrived. */
export function handleSummary(data: unknown): Record<string, string> {
  return { [__ENV.PEAKPROOF_SUMMARY as string]: JSON.stringify(data) };
}
