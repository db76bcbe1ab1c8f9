/** Every service's three actions; which one is drawn by the plan's weights. */
import { defineScript, scenariosOf } from '../../scenarios/k6/index.ts';
import { catalog, services, traffic } from './suite.ts';

const scenario = scenariosOf(catalog, traffic);

const scenarioOf = (service: string) =>
  scenario(service, {
    look: (visit) => void visit.send(`${service}.item`, { query: { id: visit.random.integer(1, 2000) } }),
    search: (visit) => void visit.send(`${service}.search`, { query: { q: 'lamp' } }),
    add: (visit) => void visit.send(`${service}.add`, { body: { quantity: 1 } }),
  });

export const { options, run, handleSummary } = defineScript(
  Object.fromEntries(services.map((service) => [service, scenarioOf(service)])),
);
