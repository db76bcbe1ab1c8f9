/** The built-in suite's files: what the project promises to verify is really declared. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { catalog } from '../../../scenarios/catalog.ts';
import { traffic } from '../../../scenarios/traffic.ts';
import { declaredLimits } from '../../../slo/declared-limits.ts';
import { parseObjectives } from '../../../slo/openslo/parse.ts';
import { parsePolicies } from '../../../slo/policies.ts';

function filesIn(folder: string) {
  const url = new URL(`../../../${folder}/`, import.meta.url);
  return readdirSync(url).map((file) => ({ file, text: readFileSync(new URL(file, url), 'utf8') }));
}

const objectives = parseObjectives(filesIn('slo/objectives'), catalog, Object.keys(traffic));
const byId = new Map(objectives.map((objective) => [objective.id, objective]));
const services = Object.entries(catalog);
const targets = { critical: 0.9999, standard: 0.999, degradable: 0.99 };

test.each(services)(
  '%s promises availability by requests and by time, as its tier demands',
  (name, { tier, team }) => {
    for (const kind of ['availability', 'uptime']) {
      expect(byId.get(`${name}-${kind}`)).toMatchObject({
        service: name,
        owner: team,
        target: targets[tier],
        labels: { tier, kind, ...(tier === 'critical' && { promise: 'uptime' }) },
      });
    }
  },
);

test.each(services)('every route of %s has a latency limit of its own', (name, { routes }) => {
  const limited = objectives
    .filter(({ service, labels }) => service === name && labels.kind === 'latency')
    .flatMap(({ sli }) => (sli.measure === 'requests' && sli.underMs !== undefined ? sli.routes : []));
  expect(limited.sort()).toEqual(
    Object.keys(routes)
      .map((route) => `${name}.${route}`)
      .sort(),
  );
});

test('the checkout journey and the whole system have their promises', () => {
  const ids = ['checkout-availability', 'checkout-latency', 'peak-response', 'capacity', 'order-throughput'];
  const audited = ['orders-lost', 'orders-charged-twice', 'stock-oversold', 'analytics-age'];
  expect([...ids, ...audited].filter((id) => !byId.has(id))).toEqual([]);
  expect(byId.get('peak-response')?.sli).toMatchObject({ atLeastMultiplier: 10, underMs: 2000 });
});

test('the plan learns every limit, ascending', () => {
  const { limitsMs, journeyLimitsMs } = declaredLimits([...objectives].reverse());
  expect(limitsMs['payment.get']).toEqual([300, 2000]);
  expect(limitsMs['payment.authorize']).toEqual([800, 2000]);
  expect(Object.keys(limitsMs)).toHaveLength(
    services.flatMap(([, { routes }]) => Object.keys(routes)).length,
  );
  expect(journeyLimitsMs).toEqual({ checkout: [2000] });
});

test('each policy blocks on something that exists', () => {
  const labels = objectives.map((objective) => objective.labels);
  for (const policy of parsePolicies(filesIn('slo/policies'))) {
    for (const selector of policy.blocking) {
      const matches = labels.some((own) =>
        Object.entries(selector).every(([key, value]) => own[key] === value),
      );
      expect(matches, `${policy.name}: ${JSON.stringify(selector)}`).toBe(true);
    }
  }
});
