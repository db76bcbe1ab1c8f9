/** Ledgers as sections of a report. */
import type { LedgerView } from '../types.ts';
import { listMarkup } from './comparison.ts';
import { html } from './markup.ts';
import type { Section } from './page.ts';
import { statusMark, tableMarkup } from './tables.ts';

export function ledgerSection(ledgers: readonly LedgerView[]): Section[] {
  if (ledgers.length === 0) return [];
  return [
    {
      id: 'ledger',
      title: 'What was acknowledged',
      short: 'Acknowledged',
      body: html`${ledgers.map(ledgerMarkup)}`,
    },
  ];
}

function ledgerMarkup({ status, summary, findings, classes, examples, method }: LedgerView) {
  return html`<p>${statusMark(status)} ${summary}</p>
${listMarkup(findings)}
${tableMarkup(classes)}
<p class="quiet">${method}</p>
${examples.rows.length === 0 ? html`` : tableMarkup(examples)}`;
}
