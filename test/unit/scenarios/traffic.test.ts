import { describe, expect, it } from 'vitest';
import { catalog } from '../../../scenarios/catalog.ts';
import { requestsPerIteration, routeOf, type ScenarioTraffic } from '../../../scenarios/model.ts';
import { fullScaleAt1x, traffic } from '../../../scenarios/traffic.ts';

const scenarios: [string, ScenarioTraffic][] = Object.entries(traffic);

function rateOf(route: string): number {
  return scenarios.reduce(
    (sum, [, scenario]) =>
      sum + (requestsPerIteration(scenario)[route] ?? 0) * scenario.iterationsPerSecondAt1x,
    0,
  );
}

describe('traffic at full scale and 1x', () => {
  it('is within 1 % of 3,100 requests a second', () => {
    const routes = new Set(scenarios.flatMap(([, scenario]) => Object.keys(requestsPerIteration(scenario))));
    const total = [...routes].reduce((sum, route) => sum + rateOf(route), 0);
    expect(Math.abs(total / fullScaleAt1x.requestsPerSecond - 1)).toBeLessThan(0.01);
  });

  it('is within 1 % of 9.3 orders a second', () => {
    expect(Math.abs(rateOf('order.place') / fullScaleAt1x.ordersPerSecond - 1)).toBeLessThan(0.01);
  });

  it('has a scenario of its own for each service of the catalog', () => {
    const services = scenarios.flatMap(([, scenario]) => scenario.service ?? []);
    expect(services.sort()).toEqual(Object.keys(catalog).sort());
  });

  it.each(scenarios)('%s names routes of the catalog only', (_name, scenario) => {
    for (const route of Object.keys(requestsPerIteration(scenario))) {
      expect(routeOf(catalog, route), route).toBeDefined();
    }
  });
});
