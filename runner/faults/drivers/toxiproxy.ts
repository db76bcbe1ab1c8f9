/**
 * Faults of the network, by the real Toxiproxy: one of our own between the load and each service that is to be
 * broken, or the user's, which stands between their services already.
 */
import { z } from 'zod';
import type { PlannedFault } from '../../../profiles/faults.ts';
import { PeakproofError, type Problem, problem } from '../../../scenarios/problem.ts';
import { hostOf, urlFault } from '../../targets/hosts.ts';
import type { DriverContext, FaultDriver, FaultProcedure, FaultTarget, PreparedDriver } from '../types.ts';
import { checksOf, probeProblems, probesSchema, settingsProblem } from './probes.ts';
import { listProxies } from './toxiproxy/api.ts';
import { actionsOf, toxiproxyKinds } from './toxiproxy/faults.ts';
import { locateToxiproxy } from './toxiproxy/provision.ts';
import { startToxiproxy, type ToxiproxyServer } from './toxiproxy/server.ts';

const settings = z
  .strictObject({
    /** Of a Toxiproxy of the user's own; absent to have one started between the load and the services. */
    url: z.string().optional(),
    /** Names of its proxies by service; the service's own name if absent. */
    proxies: z.record(z.string(), z.string().min(1)).default({}),
    probes: probesSchema,
  })
  .refine(
    ({ url, proxies }) => url !== undefined || Object.keys(proxies).length === 0,
    'proxies are those of a Toxiproxy of your own: give its url too',
  );

type ToxiproxySettings = z.infer<typeof settings>;

export const toxiproxyDriver: FaultDriver<ToxiproxySettings> = {
  name: 'toxiproxy',
  kinds: toxiproxyKinds,
  settings,
  check: async (own, faults, target) => [
    ...(own.url === undefined ? upstreamProblems(faults, target) : controlProblems(own.url, target)),
    ...probeProblems(faults, own.probes, target),
  ],
  describe: (own, faults, target) => {
    if (own.url !== undefined) return procedures(own, faults, target, own.url);
    // Ports are only known when it runs: 0 is what programs are told for "any free one".
    const ports = Object.fromEntries(servicesOf(faults).map((service) => [service, 0]));
    return procedures(own, faults, behind(target, ports), 'http://127.0.0.1:0');
  },
  prepare: (own, faults, context) =>
    own.url === undefined ? prepareOurs(own, faults, context) : prepareTheirs(own, faults, context, own.url),
};

function procedures(
  own: ToxiproxySettings,
  faults: readonly PlannedFault[],
  target: FaultTarget,
  url: string,
): FaultProcedure[] {
  return faults.map((fault) => ({
    fault,
    driver: 'toxiproxy',
    ...actionsOf(fault, { url, proxy: proxyOf(own, fault.service), isOurs: own.url === undefined }),
    ...checksOf(fault, own.probes, target),
  }));
}

function proxyOf({ proxies }: ToxiproxySettings, service: string): string {
  return proxies[service] ?? service;
}

function servicesOf(faults: readonly PlannedFault[]): string[] {
  return [...new Set(faults.map(({ service }) => service))];
}

/** The target as it is seen through proxies on these ports of loopback. */
function behind(target: FaultTarget, ports: Readonly<Record<string, number>>): FaultTarget {
  const { environment } = target;
  return { ...target, environment: { ...environment, baseUrls: proxiedUrls(environment.baseUrls, ports) } };
}

function proxiedUrls(baseUrls: Readonly<Record<string, string>>, ports: Readonly<Record<string, number>>) {
  const entries = Object.entries(baseUrls).map(([service, baseUrl]) => {
    const port = ports[service];
    const path = new URL(baseUrl).pathname.replace(/\/+$/, '');
    return [service, port === undefined ? baseUrl : `http://127.0.0.1:${port}${path}`];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Starts Toxiproxy with one proxy for each service that has a fault; load goes through those. */
async function prepareOurs(
  own: ToxiproxySettings,
  faults: readonly PlannedFault[],
  { target, signal, onProgress }: DriverContext,
): Promise<PreparedDriver> {
  const { path } = await locateToxiproxy({
    signal,
    onProgress: (step, detail) => onProgress(detail === undefined ? step : `${step}: ${detail}`),
  });
  const server = await startToxiproxy(path);
  try {
    const through = behind(target, await addProxies(server, servicesOf(faults), target));
    return {
      procedures: procedures(own, faults, through, server.url),
      baseUrls: through.environment.baseUrls,
      broken: server.broken,
      stop: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function addProxies(server: ToxiproxyServer, services: readonly string[], target: FaultTarget) {
  const ports: Record<string, number> = {};
  for (const service of services) {
    ports[service] = await server.addProxy(service, hostOf(target.environment.baseUrls[service] ?? ''));
  }
  return ports;
}

/** Makes sure that the user's Toxiproxy is there and knows the services. */
async function prepareTheirs(
  own: ToxiproxySettings,
  faults: readonly PlannedFault[],
  { target }: DriverContext,
  url: string,
): Promise<PreparedDriver> {
  const known = await listProxies(url).catch((error: Error) => {
    throw new PeakproofError(problem('FAULT_DRIVER_UNUSABLE', `Toxiproxy at ${url}: ${error.message}`));
  });
  const missing = servicesOf(faults).filter((service) => !Object.hasOwn(known, proxyOf(own, service)));
  if (missing.length > 0) {
    const causes = missing.map((service) => `Toxiproxy at ${url} has no proxy "${proxyOf(own, service)}"`);
    throw new PeakproofError(causes.map((cause) => problem('FAULT_DRIVER_UNUSABLE', cause)));
  }
  return { procedures: procedures(own, faults, target, url), stop: async () => {} };
}

/** A proxy passes bytes on, and so cannot stand before a certificate for another name. */
function upstreamProblems(faults: readonly PlannedFault[], target: FaultTarget): Problem[] {
  return servicesOf(faults).flatMap((service) => {
    const baseUrl = target.environment.baseUrls[service];
    if (baseUrl === undefined || new URL(baseUrl).protocol === 'http:') return [];
    const cause = `${service}: load would find a certificate for ${new URL(baseUrl).hostname} at 127.0.0.1`;
    return [settingsProblem(`driver: ${cause}; put a Toxiproxy of your own behind TLS and give its url`)];
  });
}

function controlProblems(url: string, target: FaultTarget): Problem[] {
  const fault = urlFault(url);
  if (fault !== undefined) return [settingsProblem(`url: ${fault}`)];
  if (target.allow.includes(hostOf(url))) return [];
  return [problem('HOST_NOT_ALLOWED', `faults.url: host ${hostOf(url)} is not in the allow list`)];
}
