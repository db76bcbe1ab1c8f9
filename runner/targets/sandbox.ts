/** The built-in stand-in as a target: started here and nowhere else. */
import { request } from 'undici';
import type { Environment } from '../../profiles/types.ts';
import type { Death, Defect, Impairment, Sandbox } from '../../sandbox/sandbox.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { RunningTarget } from '../types.ts';
import { hostOf } from './hosts.ts';
import { defaultReplicaMetric } from './replica-sources.ts';
import type { BrokenStandIn } from './running-target.ts';

/**
 * The case study's $127 k to $76 k a month, as replicas (docs/elasticity.md): as many as the stand-in has at most, three of
 * each of 20 services, at the mean 0.47 orders/s of profile elasticity, are 127,000 replica-seconds per 1,000 orders.
 */
const budgetSecondsPer1000 = 76_000;

/** What a plan needs to know of the stand-in before it runs. Two cores carry a hundredth of the full load. */
export const sandboxEnvironment: Environment = { name: 'sandbox', scale: 0.01, baseUrls: {} };

/** The same with what its services tell of themselves. */
export function sandboxEnvironmentOf(services: readonly string[]): Environment {
  return { ...sandboxEnvironment, replicas: { services, budgetSecondsPer1000 } };
}

export interface StandInOptions {
  readonly impairments: readonly Impairment[];
  readonly defects: readonly Defect[];
  /** Port of its gateway; a free one if undefined. */
  readonly port?: number | undefined;
  readonly onProgress?: (message: string) => void;
}

/**
 * Starts the stand-in; resolves once every service answers and is warm.
 * @throws PeakproofError PORT_IN_USE or SANDBOX_FAILED.
 */
export async function startStandIn(options: StandInOptions): Promise<Sandbox> {
  const { impairments, defects, port, onProgress } = options;
  const { startSandbox } = await import('../../sandbox/sandbox.ts');
  return startSandbox({
    impairments,
    defects,
    ...(port === undefined ? {} : { ports: { gateway: port } }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

/**
 * Reads impairments such as `payment:latency=900ms`.
 * @throws PeakproofError INVALID_OPTION with every one that the stand-in does not understand.
 */
export async function readImpairments(texts: readonly string[]): Promise<readonly Impairment[]> {
  const { parseImpairment } = await import('../../sandbox/sandbox.ts');
  const parsed = texts.map((text) => parseImpairment(text));
  const faults = parsed.flatMap((item) => ('reason' in item ? [item.reason] : []));
  if (faults.length > 0) {
    throw new PeakproofError(faults.map((fault) => problem('INVALID_OPTION', `--sandbox-impair: ${fault}`)));
  }
  return parsed.flatMap((item) => ('reason' in item ? [] : [item]));
}

/** The running stand-in as what a rehearsal needs of any system. */
export function sandboxTarget(sandbox: Sandbox): RunningTarget {
  const { baseUrls, serviceUrls, secrets, control } = sandbox;
  const urls = [...Object.values(baseUrls), ...Object.values(serviceUrls), control.url];
  return {
    environment: { ...sandboxEnvironmentOf(Object.keys(serviceUrls)), baseUrls },
    allow: [...new Set(urls.map(hostOf))],
    headers: {},
    secrets: { ...secrets },
    metricEndpoints: {},
    replicaGauges: Object.fromEntries(
      Object.entries(serviceUrls).map(([service, url]) => [
        service,
        { url: `${url}/metrics`, metric: defaultReplicaMetric, labels: {} },
      ]),
    ),
    confidential: [...Object.values(secrets), control.token],
    pids: [sandbox.pid],
    control: { ...control, serviceUrls },
    tellCollector: (collector) => tellStorefront(sandbox, collector),
    broken: sandbox.died.then(brokenBy),
    stop: () => sandbox.stop(),
  };
}

/** What the process said may be pages long: the line that names the error is the cause. */
export function brokenBy({ how, lastWords }: Death): BrokenStandIn {
  const lines = lastWords.split('\n').map((line) => line.trim());
  const reason = lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
  const cause = `the sandbox ended (${how})${reason ? `: ${reason}` : ''}`;
  return { problem: problem('SANDBOX_ENDED', cause), log: lastWords };
}

/** A page without beacons is a page all the same: what the storefront does not take in shows in the report. */
async function tellStorefront(
  sandbox: Sandbox,
  { url, apiKey }: { readonly url: string; readonly apiKey: string },
): Promise<void> {
  await request(`${sandbox.serviceUrls.storefront}/internal/collector`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url, apiKey }),
  }).then(({ body }) => body.dump());
}
