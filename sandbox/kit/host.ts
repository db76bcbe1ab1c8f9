/** One service within a worker: its server, its state, and the points where a fault can act on it. */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ServiceName } from '../../scenarios/catalog.ts';
import type { ServicePoints, TakeBack } from '../faults/types.ts';
import type { Capacity } from './autoscaler.ts';
import { atRest } from './conditions.ts';
import { Interception } from './interception.ts';
import { createWorkshop } from './kit.ts';
import type { Addresses, FaultOrder, ServiceSettings } from './messages.ts';
import { addMonitoring } from './monitoring.ts';
import { createScaling, normalDayCapacity, type Scaling } from './scaling.ts';
import { buildServer } from './server.ts';
import type { Implementation, Kit, ServiceDefinition } from './service.ts';

interface HostSettings {
  readonly settings: ServiceSettings;
  readonly addresses: Addresses;
  readonly acknowledged: Kit['acknowledged'];
  /** Shared with other services of the process, if they have no capacity of their own. */
  readonly sharedScaling?: Scaling;
}

export class Host {
  readonly app: FastifyInstance;
  readonly #implementation: Implementation<ServiceName>;
  readonly #points: ServicePoints;
  /** How to end each fault, once it is in force: taking back waits for one on its way, or it would come after. */
  readonly #active = new Map<string, Promise<TakeBack | undefined>>();

  private constructor(
    app: FastifyInstance,
    implementation: Implementation<ServiceName>,
    points: ServicePoints,
  ) {
    this.app = app;
    this.#implementation = implementation;
    this.#points = points;
  }

  /** Builds the service; it does not listen yet. */
  static async create(definition: ServiceDefinition<ServiceName>, host: HostSettings): Promise<Host> {
    const { settings, addresses, acknowledged } = host;
    const { service, impairments, dataFolder } = settings;
    const conditions = atRest();
    const workshop = await createWorkshop({ settings, addresses, conditions, acknowledged });
    const implementation = await definition.start(workshop.kit);
    const scaling = host.sharedScaling ?? createScaling(capacityOf(definition, settings));
    const own = impairments.filter((item) => item.service === service);
    const app = buildServer(definition, implementation, own, scaling);
    addMonitoring(app, workshop, {
      probePath: join(dataFolder, `${service}.probe`),
      own: implementation.monitoring ?? {},
    });
    const { stores, dependencies } = workshop;
    const interception = new Interception(app.server);
    const { autoscaler } = scaling;
    const { server } = app;
    return new Host(app, implementation, {
      service,
      server,
      interception,
      conditions,
      stores,
      dependencies,
      autoscaler,
    });
  }

  /** Listens; answers the port. Resolves before the service is ready: its peers have to listen first. */
  async listen(port: number): Promise<number> {
    await this.app.listen({ host: '127.0.0.1', port });
    const address = this.app.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  async prepare(): Promise<void> {
    await this.#implementation.prepare?.();
  }

  facts(): Readonly<Record<string, number>> {
    return this.#implementation.facts?.() ?? {};
  }

  /** @throws Error with the reason if the fault means nothing to this service. */
  async check({ kind }: Pick<FaultOrder, 'kind'>): Promise<void> {
    const reason = (await kindNamed(kind)).unsuitable?.(this.#points);
    if (reason) throw new Error(`${this.#points.service} ${reason}`);
  }

  /** Resolves once the fault is in force; one that already is stays as it is. */
  async inject(fault: FaultOrder): Promise<void> {
    const acting = this.#active.get(fault.id) ?? this.#act(fault);
    this.#active.set(fault.id, acting);
    await acting.catch((error: unknown) => {
      this.#active.delete(fault.id);
      throw error;
    });
  }

  async takeBack(id: string): Promise<void> {
    const end = await this.#active.get(id)?.catch(() => undefined);
    await end?.();
    this.#active.delete(id);
  }

  async #act(fault: FaultOrder): Promise<TakeBack | undefined> {
    await this.check(fault);
    return (await kindNamed(fault.kind)).act?.(this.#points, fault.parameters);
  }
}

/** Loaded with the first fault: a sandbox without any is none the slower. */
async function kindNamed(kind: string) {
  const { faultKinds, isFaultKind } = await import('../faults/index.ts');
  if (!isFaultKind(kind)) throw new Error(`there is no kind of fault "${kind}"`);
  return faultKinds[kind];
}

function capacityOf(
  { capacity }: ServiceDefinition<ServiceName>,
  { defects, fixedReplicas }: ServiceSettings,
): Omit<Capacity, 'serviceTimeMs'> {
  if (defects.includes('autoscaler-off')) return normalDayCapacity;
  const { min } = capacity.replicas;
  return fixedReplicas ? { ...capacity, replicas: { min, max: min } } : capacity;
}
