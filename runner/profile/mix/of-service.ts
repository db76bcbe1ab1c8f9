/** The requests of a service's own scenarios: its k6 scripts run for a moment, through a proxy that records them. */
import { randomBytes } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { makePlan } from '../../../profiles/plan.ts';
import type { LoadPlan, Profile } from '../../../profiles/types.ts';
import type { Conversation, MixRequest } from '../../../scenarios/mix.ts';
import type { Service } from '../../../scenarios/model.ts';
import { PeakproofError, problem } from '../../../scenarios/problem.ts';
import { startReceiver } from '../../collect/otlp/receiver.ts';
import type { Engine } from '../../engines/engine.ts';
import type { ProfileFolder } from '../../store/profile-folder.ts';
import type { LoadedSuite, RunningTarget } from '../../types.ts';
import { type Refusal, tryConversations } from '../preflight.ts';
import { conversationsOf, type NameRoute, withRecordedKeys } from './conversations.ts';
import type { RecordingProxy } from './record.ts';
import type { Mix } from './types.ts';

export interface ServiceMixRequest {
  readonly suite: Pick<LoadedSuite, 'suite' | 'root'>;
  readonly service: string;
  /** Only conversations with this route of the service. */
  readonly route?: string | undefined;
  readonly target: RunningTarget;
  /** The service's own address: past a gateway. */
  readonly serviceUrl: string;
  /** Between gateway and service. */
  readonly proxy: RecordingProxy;
  readonly k6: Engine;
  readonly folder: ProfileFolder;
  readonly signal: AbortSignal;
}

const recordSeconds = 3;
/** Conversations a second: enough to draw each action of a scenario, few enough for one replica. */
const recordRate = 15;
/** One seed sends one sequence, so that two profiles ask the same. */
const seed = 1;
const files = { plan: 'record-plan.json', totals: 'record-totals.json' };

/** @throws PeakproofError SERVICE_REFUSES or what k6 has to say. */
export async function mixOfService(request: ServiceMixRequest): Promise<Mix> {
  const { suite, service, route, serviceUrl, proxy } = request;
  const entry = suite.suite.catalog[service];
  if (entry === undefined) throw new Error(`the catalog has no ${service}`);
  proxy.passTo(serviceUrl);
  await sendScenarios(request);
  const names = routeNames(service, entry);
  const all = conversationsOf(proxy.exchanges, names);
  const wanted = all.filter(
    (conversation) =>
      route === undefined || conversation.some((item) => item.route === `${service}.${route}`),
  );
  return repeatableMix(
    service,
    serviceUrl,
    wanted.filter((conversation) => conversation.every((item) => keepsContract(item, service, entry))),
  );
}

/** What is refused is no part of the service's work, unless its contract says that it may be. */
function keepsContract({ route, expect }: MixRequest, service: string, { routes }: Service): boolean {
  const found = routes[route.slice(service.length + 1)];
  return found === undefined || expect.every((status) => found.contract.status.includes(status));
}

async function sendScenarios(request: ServiceMixRequest): Promise<void> {
  const { suite, target, k6, folder, signal } = request;
  const token = randomBytes(32).toString('hex');
  const receiver = await startReceiver(token, () => {});
  const { script } = suite.suite;
  folder.write(files.plan, JSON.stringify(planOf(request)));
  try {
    const running = await k6.start({
      scriptFile: isAbsolute(script) ? script : join(suite.root, script),
      planFile: join(folder.path, files.plan),
      summaryFile: join(folder.path, files.totals),
      collector: { port: receiver.port, token },
      headers: target.headers,
      secrets: target.secrets,
      trace: false,
      onLedgerLine: () => {},
      onLogLine: () => {},
    });
    signal.addEventListener('abort', running.stop, { once: true });
    if (signal.aborted) running.stop();
    const { problem: failure } = await running.finished;
    signal.removeEventListener('abort', running.stop);
    if (failure !== undefined) throw new PeakproofError(failure);
  } finally {
    await receiver.close();
    folder.remove(files.plan);
    folder.remove(files.totals);
  }
}

/** The service's own traffic for a moment, at a rate that one replica bears. */
function planOf({ suite, service, target, proxy }: ServiceMixRequest): LoadPlan {
  const { name, catalog, traffic } = suite.suite;
  const profile: Profile = {
    name: 'record',
    description: 'the requests of one service',
    phases: [{ name: 'record', kind: 'hold', seconds: recordSeconds, multiplier: 1 }],
  };
  const own = Object.values(traffic).filter((scenario) => scenario.service === service);
  const fullRate = own.reduce((sum, { iterationsPerSecondAt1x }) => sum + iterationsPerSecondAt1x, 0);
  const { baseUrls: known } = target.environment;
  const baseUrls = catalog[service]?.edge === 'direct' ? { ...known, [service]: proxy.url } : known;
  return makePlan({
    suiteName: name,
    catalog,
    traffic,
    profile,
    seed,
    environment: { ...target.environment, scale: Math.min(1, recordRate / Math.max(1, fullRate)), baseUrls },
    services: [service],
    limits: { limitsMs: {}, journeyLimitsMs: {} },
  });
}

/** `payment.capture` for `POST /payment/authorizations/123/capture`. */
function routeNames(service: string, { routes }: Service): NameRoute {
  const patterns = Object.entries(routes).map(([name, { method, path }]) => ({
    method,
    pattern: new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`),
    key: `${service}.${name}`,
  }));
  return (method, path) => {
    const [withoutQuery = path] = path.split('?');
    const found = patterns.find((item) => item.method === method && item.pattern.test(withoutQuery));
    return found?.key ?? `${method} ${withoutQuery}`;
  };
}

/** Tries each conversation again: some can be repeated only as a retry under the recorded key, and some not at all. */
async function repeatableMix(
  service: string,
  serviceUrl: string,
  all: readonly Conversation[],
): Promise<Mix> {
  const refusals = await tryConversations(serviceUrl, all);
  const fresh = all.filter((_, index) => refusals[index] === undefined);
  const others = all.filter((_, index) => refusals[index] !== undefined).map(withRecordedKeys);
  const refusedAgain = await tryConversations(serviceUrl, others);
  const retries = others.filter((_, index) => refusedAgain[index] === undefined);
  const conversations = [...fresh, ...retries];
  if (conversations.length === 0) throw nothingToRepeat(service, refusals);
  const lost = all.length - conversations.length;
  return {
    source: `${conversations.length} recorded conversations of ${service}'s own scenarios`,
    conversations,
    notes: [
      ...(retries.length === 0
        ? []
        : [
            `${retries.length} of ${conversations.length} conversations are repeated under one idempotency key: answered as retries, which may cost less.`,
          ]),
      ...(lost === 0 ? [] : [`${lost} recorded conversations cannot be repeated and are left out.`]),
    ],
  };
}

function nothingToRepeat(service: string, refusals: readonly (Refusal | undefined)[]): PeakproofError {
  const [first] = refusals;
  if (first === undefined) return new PeakproofError(problem('SERVICE_REFUSES', `${service} got no request`));
  const how = first.status === undefined ? first.cause : `answered ${first.status}`;
  const cause = `no request of ${service} can be repeated: ${first.request.route} ${how}`;
  return new PeakproofError(problem('SERVICE_REFUSES', cause));
}
