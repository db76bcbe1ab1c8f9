/** Tables, standings and objectives as markup. */
import { withNote } from '../open.ts';
import type { Cell, Column, ObjectiveView, Status, Table } from '../types.ts';
import { html, type Markup } from './markup.ts';

export function statusMark(status: Status): Markup {
  return html`<span class="status ${status.standing}"><span aria-hidden="true">${status.symbol}</span> <span class="word">${status.word}</span></span>`;
}

/** A caption, column and row headers, and a container that scrolls by keyboard where the screen is narrow. */
export function tableMarkup(table: Table, rowHeader: (cell: Cell) => Markup = cellText): Markup {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${table.caption}">
<table><caption>${table.caption}</caption>
<thead><tr>${table.columns.map((column) => html`<th scope="col"${textClass(column)}>${column.label}</th>`)}</tr></thead>
<tbody>
${table.rows.map((row) => rowMarkup(row, table.columns, rowHeader))}</tbody></table></div>`;
}

function rowMarkup(
  row: readonly Cell[],
  columns: readonly Column[],
  rowHeader: (cell: Cell) => Markup,
): Markup {
  const cells = row.map((cell, index) =>
    index === 0
      ? html`<th scope="row">${rowHeader(cell)}</th>`
      : html`<td${cellClass(cell, columns[index])}>${cellText(cell)}</td>`,
  );
  return html`<tr>${cells}</tr>
`;
}

/** Cells hold numbers unless they say otherwise: most do, and a long table of seconds is to stay small. */
function textClass(column: Column | undefined): Markup {
  return column?.align === 'text' ? html` class="text"` : html``;
}

function cellClass(cell: Cell, column: Column | undefined): Markup {
  return cell.status === undefined ? textClass(column) : html` class="tint ${cell.status.standing}"`;
}

/** What symbols mean that stand without words. */
export function legendMarkup(legend: readonly { readonly symbol: string; readonly text: string }[]): Markup {
  const items = legend.map(({ symbol, text }) => html`<li><b>${symbol}</b> ${text}</li>`);
  return html`<ul class="legend" aria-label="Symbols">${items}</ul>`;
}

export function cellText({ text, note, status }: Cell): Markup {
  const main = status === undefined ? html`${text}` : statusMark(status);
  return note === undefined ? main : html`${main} <small>${note}</small>`;
}

/**
 * A table that becomes a stack of cards on a phone. The roles repeat what the elements mean, because
 * browsers forget it once their display changes.
 */
export function cardTable(
  caption: string,
  labels: readonly string[],
  rows: readonly (readonly Markup[])[],
): Markup {
  return html`<table class="cards" role="table"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${labels.map((label) => html`<th role="columnheader" scope="col">${label}</th>`)}</tr></thead>
<tbody role="rowgroup">
${rows.map(
  (row) => html`<tr role="row">${row.map((cell, index) => cardCell(cell, labels[index] ?? '', index))}</tr>
`,
)}</tbody></table>`;
}

function cardCell(cell: Markup, label: string, index: number): Markup {
  return index === 0
    ? html`<th role="rowheader" scope="row">${cell}</th>`
    : html`<td role="cell" data-label="${label}">${cell}</td>`;
}

export function objectiveTable(caption: string, objectives: readonly ObjectiveView[]): Markup {
  if (objectives.length === 0) return html`<p class="quiet">No objective of this run stands for it.</p>`;
  return cardTable(
    caption,
    ['Objective', 'Standing', 'Promised', 'Measured', 'How sure', 'Budget spent'],
    objectives.map((objective) => [
      html`${objective.name} <small>${withNote(objective)}</small>${phaseChips(objective)}`,
      html`<div>${statusMark(objective.status)} <small>${objective.role}</small></div>`,
      html`${objective.promised}`,
      html`${objective.measured}`,
      html`${objective.certainty}`,
      html`${objective.budgetSpent}`,
    ]),
  );
}

function phaseChips({ phases }: ObjectiveView): Markup {
  if (phases.length === 0) return html``;
  return html`<ul class="chips" aria-label="By phase">${phases.map(
    ({ text, note, status }) =>
      html`<li class="${status?.standing}"><span aria-hidden="true">${status?.symbol}</span> ${text} <b>${note}</b><span class="unseen"> ${status?.word}</span></li>`,
  )}</ul>`;
}
