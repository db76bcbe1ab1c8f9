/** A service of the suite, to be profiled in its sandbox. */
import { servicePeak } from '../../profiles/peak.ts';
import { makePlan } from '../../profiles/plan.ts';
import { whatWasMeant } from '../../scenarios/nearest.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { Peak } from '../../slo/profile/types.ts';
import type { Engine } from '../engines/engine.ts';
import type { ProfileFolder } from '../store/profile-folder.ts';
import { noSandbox } from '../targets/choose.ts';
import { startSandboxService } from '../targets/sandbox-service.ts';
import type { LoadedSuite } from '../types.ts';
import { openInspector } from './inspector/session.ts';
import { tryOpen } from './inspector/try-open.ts';
import { openWorker } from './inspector/worker-session.ts';
import { mixOfService } from './mix/of-service.ts';
import { startRecording } from './mix/record.ts';
import type { Mix } from './mix/types.ts';
import type { RunningSubject } from './types.ts';

type Suite = Pick<LoadedSuite, 'suite' | 'root'>;

/** @throws PeakproofError UNKNOWN_SERVICE, UNKNOWN_ROUTE, or INVALID_OPTION for a suite without a sandbox. */
export function checkService({ suite }: Suite, service: string, route?: string): void {
  if (suite.defaultTarget !== 'sandbox') throw noSandbox(suite.name);
  const services = Object.values(suite.traffic).flatMap((scenario) => scenario.service ?? []);
  if (!services.includes(service)) {
    const remedy = whatWasMeant(service, services);
    throw new PeakproofError(
      problem('UNKNOWN_SERVICE', `there is no service "${service}" to profile`, { remedy }),
    );
  }
  const routes = Object.keys(suite.catalog[service]?.routes ?? {});
  if (route === undefined || routes.includes(route)) return;
  const remedy = whatWasMeant(route, routes);
  throw new PeakproofError(problem('UNKNOWN_ROUTE', `${service} has no route "${route}"`, { remedy }));
}

export interface ServiceOptions {
  readonly route?: string | undefined;
  readonly k6: Engine;
  readonly folder: ProfileFolder;
  readonly signal: AbortSignal;
}

/** Starts the sandbox and records what the service's scenarios send. @throws PeakproofError if either fails. */
export async function openService(
  suite: Suite,
  service: string,
  options: ServiceOptions,
): Promise<{ readonly subject: RunningSubject; readonly mix: Mix }> {
  const proxy = await startRecording();
  const running = await startSandboxService(service, proxy.url).catch(async (error) => {
    await proxy.close();
    throw error;
  });
  const { url, target } = running;
  const stop = async () => {
    await target.stop();
    await proxy.close();
  };
  try {
    const { inspectorUrl = '' } = running;
    const attached = await tryOpen(async () => openWorker(await openInspector(inspectorUrl), service));
    const mix = await mixOfService({ suite, service, target, serviceUrl: url, proxy, ...options });
    const subject: RunningSubject = {
      subject: { name: service, kind: 'sandbox', url },
      baseUrl: url,
      pid: running.pid,
      sharesProcess: true,
      ...attached,
      ended: new Promise(() => {}),
      notes: [
        'It is the stand-in of the sandbox: one replica, without autoscaling, whose service times are modelled.',
        'It shares a process with the other services: its CPU time is the time its own event loop was busy.',
      ],
      stop: async () => {
        attached.inspector?.close();
        await stop();
      },
    };
    return { subject, mix };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The service's share of the suite's usual day at full scale. */
export function peakOf({ suite }: Suite, service: string): Peak {
  const { name, catalog, traffic, profiles, defaultProfile } = suite;
  const profile = profiles.find((candidate) => candidate.name === defaultProfile);
  if (profile === undefined) throw new Error(`the suite has no profile ${defaultProfile}`);
  const environment = { name: 'full scale', scale: 1, baseUrls: {} };
  const limits = { limitsMs: {}, journeyLimitsMs: {} };
  const plan = makePlan({ suiteName: name, catalog, traffic, profile, environment, seed: 1, limits });
  return { ...servicePeak(plan, service), source: `the traffic model of ${suite.title}, at full scale` };
}
