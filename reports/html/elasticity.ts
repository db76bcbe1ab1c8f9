/** How replicas followed the load. */
import type { ElasticityView } from '../elasticity-view.ts';
import { listMarkup } from './comparison.ts';
import { chart } from './engineering.ts';
import { html } from './markup.ts';
import type { Section } from './page.ts';
import { tableMarkup } from './tables.ts';

export function elasticitySection(view: ElasticityView): Section {
  return {
    id: 'elasticity',
    title: 'Load up and down, and the replicas that followed',
    short: 'Elasticity',
    lead: view.lead,
    body: html`${listMarkup(view.findings)}
${chart('elasticity', view.chart)}
${tableMarkup(view.steps)}
<h3>What these figures rest on</h3>
${listMarkup(view.assumptions)}`,
  };
}
