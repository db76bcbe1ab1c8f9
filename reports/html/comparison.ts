/** A comparison as a section of a report and as a page of its own. */
import type { ComparisonView } from '../types.ts';
import { html, type Markup } from './markup.ts';
import type { Section } from './page.ts';
import { statusMark, tableMarkup } from './tables.ts';

/** The comparison within the report of its candidate. */
export function comparisonSectionOf(comparison: ComparisonView): Section {
  return {
    id: 'comparison',
    title: 'Before and after',
    short: 'Before and after',
    lead: comparison.title,
    body: html`<p>${statusMark(comparison.status)} ${comparison.summary}</p>
${listMarkup(comparison.regressions)}
${changesMarkup(comparison)}
<details><summary>How it was compared</summary>${methodMarkup(comparison)}</details>`,
  };
}

/** Table and what it leaves out. */
export function changesMarkup({ changes, quiet, warnings }: ComparisonView): Markup {
  return html`${listMarkup(warnings)}
${tableMarkup(changes)}
${quiet === '' ? html`` : html`<p class="quiet">${quiet}</p>`}`;
}

export function methodMarkup({ method }: ComparisonView): Markup {
  return listMarkup(method);
}

export function listMarkup(items: readonly string[]): Markup {
  return items.length === 0 ? html`` : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
