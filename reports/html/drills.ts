/** What was broken on purpose: times, costs, and who suffered from whom. */
import type { BlastRadiusView, DrillsView, MatrixCell } from '../drill-views.ts';
import { listMarkup } from './comparison.ts';
import { html, type Markup } from './markup.ts';
import { legendMarkup, tableMarkup } from './tables.ts';

export function drillsMarkup(drills: DrillsView): Markup {
  return html`${tableMarkup(drills.times)}
${listMarkup([...drills.comparisons, ...drills.notes])}
${drills.costs.rows.length === 0 ? html`` : tableMarkup(drills.costs)}
<h3>Blast radius: who was broken, who suffered</h3>
${blastRadiusMarkup(drills.blastRadius)}
<h3>What these figures rest on</h3>
${listMarkup(drills.assumptions)}`;
}

function blastRadiusMarkup(view: BlastRadiusView): Markup {
  const { summary, findings, untested, rows } = view;
  return html`<p>${summary}</p>
${listMarkup(findings)}
${rows.length === 0 ? html`` : matrixMarkup(view)}
${untested.length === 0 ? html`` : html`<details><summary>Declared needs that no failure showed</summary>${listMarkup(untested)}</details>`}`;
}

/** Names of columns stand upright, so that twenty services fit; symbols stand for themselves, words are for readers who only listen. */
function matrixMarkup({ caption, services, rows, legend }: BlastRadiusView): Markup {
  return html`${legendMarkup(legend)}
<div class="scroll matrix" role="region" tabindex="0" aria-label="${caption}">
<table><caption>${caption}</caption>
<thead><tr><th scope="col">broken</th>${services.map((name) => html`<th scope="col"><span>${name}</span></th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ name, cells }) => html`<tr><th scope="row">${name}</th>${cells.map(cellMarkup)}</tr>
`,
)}</tbody></table></div>`;
}

function cellMarkup({ standing, symbol, word, note }: MatrixCell): Markup {
  const took = note === '' ? html`` : html` <small>${note}</small>`;
  return html`<td class="tint ${standing}"><b aria-hidden="true">${symbol}</b><span class="unseen">${word}</span>${took}</td>`;
}
