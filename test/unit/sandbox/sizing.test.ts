/** Capacity against the traffic model: what 10x costs is a matter of sizing, so the sizing is checked. */
import { describe, expect, test } from 'vitest';
import { scaling } from '../../../sandbox/kit/autoscaler.ts';
import { monolithCapacity, normalDayCapacity } from '../../../sandbox/kit/scaling.ts';
import { services } from '../../../sandbox/registry.ts';
import { catalog, type ServiceName } from '../../../scenarios/catalog.ts';
import { requestsPerIteration, routeOf } from '../../../scenarios/model.ts';
import { traffic } from '../../../scenarios/traffic.ts';

const sandboxScale = 0.01;

/** Slots in use on average at 1x, from Little's law: rate × service time. */
async function slotsInUse(service: ServiceName): Promise<number> {
  const { capacity } = await services[service]();
  let slots = 0;
  for (const scenario of Object.values(traffic)) {
    for (const [key, requests] of Object.entries(requestsPerIteration(scenario))) {
      const found = routeOf(catalog, key);
      if (found?.service !== service) continue;
      const ratePerSecond = scenario.iterationsPerSecondAt1x * sandboxScale * requests;
      slots += (ratePerSecond * capacity.serviceTimeMs[found.route.kind]) / 1000;
    }
  }
  return slots;
}

describe.each(Object.keys(catalog) as ServiceName[])('%s', (service) => {
  test('bears the doorbuster step before it has scaled, and 10x with room when it has', async () => {
    const { slotsPerReplica, replicas } = (await services[service]()).capacity;
    const atOneTime = await slotsInUse(service);
    expect((8 * atOneTime) / (replicas.min * slotsPerReplica)).toBeLessThan(0.9);
    expect((10 * atOneTime) / (replicas.max * slotsPerReplica)).toBeLessThan(0.6);
  });
});

test('at 1x to 5x every service keeps the replicas it starts with, so that equal runs are equal', async () => {
  for (const service of Object.keys(catalog) as ServiceName[]) {
    const { slotsPerReplica, replicas } = (await services[service]()).capacity;
    const utilisation = (5 * (await slotsInUse(service))) / (replicas.min * slotsPerReplica);
    // Far from where utilisation asks for more, and the mean queue of M/D/1, u²/(2(1-u)), from where that does.
    expect(utilisation, service).toBeLessThan(scaling.targetUtilisation * 0.7);
    expect(utilisation ** 2 / (2 * (1 - utilisation)), service).toBeLessThan(scaling.queueThatAsks / 3);
  }
});

test('10x needs more replicas of the busiest services than a normal day', async () => {
  for (const service of ['catalog', 'search'] as const) {
    const { slotsPerReplica, replicas } = (await services[service]()).capacity;
    expect((10 * (await slotsInUse(service))) / (replicas.min * slotsPerReplica)).toBeGreaterThan(0.6);
  }
});

test('the capacity of a normal day bears 5x and not 10x where each service has its own, not even 5x in the monolith', async () => {
  const names = Object.keys(catalog) as ServiceName[];
  const inUse = await Promise.all(names.map(slotsInUse));
  const slotsOf = ({ slotsPerReplica, replicas }: typeof normalDayCapacity) => slotsPerReplica * replicas.max;
  const busiest = Math.max(...inUse);
  expect(5 * busiest).toBeLessThan(0.8 * slotsOf(normalDayCapacity));
  expect(10 * busiest).toBeGreaterThan(1.2 * slotsOf(normalDayCapacity));
  const together = inUse.reduce((sum, slots) => sum + slots, 0);
  expect(together).toBeLessThan(0.6 * slotsOf(monolithCapacity));
  expect(5 * together).toBeGreaterThan(2 * slotsOf(monolithCapacity));
});
