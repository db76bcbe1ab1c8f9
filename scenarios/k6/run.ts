/**
 * What this k6 process was told: the plan and its companions, from the environment. Without
 * PEAKPROOF_PLAN a scenario file runs alone (`k6 run -e BASE_URL=… services/payment.ts`).
 */
import type { LoadPlan } from '../../profiles/types.ts';

function fromJson<T>(name: string, fallback: T): T {
  const text = __ENV[name];
  if (!text) return fallback;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error(`${name} is not valid JSON`);
  }
}

const planPath = __ENV.PEAKPROOF_PLAN;

/** The schedule to follow; undefined if a scenario file runs alone. */
export const plan: LoadPlan | undefined = planPath ? (JSON.parse(open(planPath)) as LoadPlan) : undefined;

export const seed: number = plan?.seed ?? Number(__ENV.SEED ?? 1);

/** Headers of the target file, for every request. */
export const targetHeaders = fromJson<Readonly<Record<string, string>>>('PEAKPROOF_HEADERS', {});

/** Log each request's route and body to the ledger. */
export const isTracing = Boolean(__ENV.PEAKPROOF_TRACE);

export const secrets = fromJson<Readonly<Record<string, string>>>('PEAKPROOF_SECRETS', {});

/** A secret of the target file. Throws if the target did not provide it. */
export function secret(name: string): string {
  const value = secrets[name];
  if (value === undefined) throw new Error(`the target provides no secret ${name} (PEAKPROOF_SECRETS)`);
  return value;
}

/**
 * Where a service is reached: as the plan's environment says, or alone BASE_URL_<NAME> (`-` as `_`) or
 * BASE_URL. Throws for a service without an address, so that nothing is sent anywhere else.
 */
export function baseUrlOf(service: string): string {
  const url = plan
    ? plan.environment.baseUrls[service]
    : (__ENV[`BASE_URL_${service.toUpperCase().replaceAll('-', '_')}`] ?? __ENV.BASE_URL);
  if (!url) throw new Error(`no base URL for service ${service}: set BASE_URL or run with a plan`);
  return url;
}
