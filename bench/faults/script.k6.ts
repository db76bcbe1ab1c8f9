/** One request an iteration. */
import { defineScript, scenariosOf } from '../../scenarios/k6/index.ts';
import { catalog, traffic } from './suite.ts';

const scenario = scenariosOf(catalog, traffic);

export const { options, run, handleSummary } = defineScript({
  shop: scenario('shop', { look: (visit) => void visit.send('shop.item') }),
});
