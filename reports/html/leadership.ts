/** The first screen: the decision, what decided it, and every promise with what was measured. */
import type { Banner, Figure } from '../told.ts';
import type { DecisionView, ObjectiveView, PromiseView, ReportModel } from '../types.ts';
import { listMarkup } from './comparison.ts';
import { html, type Markup } from './markup.ts';
import { cardTable, statusMark } from './tables.ts';

export function mastheadMarkup(model: ReportModel): Markup {
  return html`<header class="masthead">
<p class="kicker"><span>peakproof rehearsal</span> <span>${model.subtitle}</span></p>
<h1>${model.title}</h1>
${model.banners.map(bannerMarkup)}
${decisionMarkup(model.decision)}
${figuresMarkup(model.figures)}
</header>`;
}

function bannerMarkup(banner: Banner): Markup {
  return html`<aside class="banner" aria-label="Warning"><p><strong><span aria-hidden="true">!</span> ${banner.title}</strong></p>
${listMarkup(banner.lines)}</aside>`;
}

function decisionMarkup(decision: DecisionView): Markup {
  return html`<section class="decision ${decision.outcome}" aria-labelledby="decision">
<div class="verdict">${icon(decision.outcome)}<h2 id="decision">${decision.word}</h2></div>
<p class="headline">${decision.headline}</p>
<p class="quiet">${decision.summary} Exit code ${decision.exitCode}.</p>
${decision.deciding.length === 0 ? html`` : decidingSection(decision)}
${decision.more === '' ? html`` : html`<p class="quiet">${decision.more}</p>`}
${titledList('Waived', decision.waived)}
${titledList(
  'Against the baseline',
  decision.regressions.map(({ text }) => text),
)}
</section>`;
}

function decidingSection({ decidingTitle, deciding }: DecisionView): Markup {
  return html`<h3>${decidingTitle}</h3>
<ol class="deciding">${deciding.map(decidingMarkup)}</ol>`;
}

function titledList(title: string, lines: readonly string[]): Markup {
  if (lines.length === 0) return html``;
  return html`<h3>${title}</h3>
${listMarkup(lines)}`;
}

const iconPaths = {
  pass: 'M14 25l7 7 14-15',
  fail: 'M16 16l16 16M32 16L16 32',
  hold: 'M19 15v18M29 15v18',
} as const;

function icon(outcome: DecisionView['outcome']): Markup {
  return html`<svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"><circle cx="24" cy="24" r="21" stroke-width="3"/><path d="${iconPaths[outcome]}"/></svg>`;
}

function decidingMarkup(objective: ObjectiveView): Markup {
  return html`<li><p class="quiet">${objective.service}</p>
<p><strong>${objective.name}</strong> ${statusMark(objective.status)}</p>
<p class="reason">${objective.reason}</p></li>`;
}

function figuresMarkup(figures: readonly Figure[]): Markup {
  return html`<dl class="figures">${figures.map(
    ({ label, value, note }) =>
      html`<div><dt>${label}</dt><dd><b>${value}</b> <small>${note}</small></dd></div>`,
  )}</dl>`;
}

export function promisesMarkup(promises: readonly PromiseView[]): Markup {
  if (promises.length === 0) return html`<p class="quiet">The suite states no promises.</p>`;
  return cardTable(
    'What was promised, and what this run measured',
    ['Promise', 'Standing', 'Before', 'Promised', 'Measured', 'How sure'],
    promises.map(({ title, status, before, promised, measured, detail, certainty }) => [
      html`${title}`,
      statusMark(status),
      html`${before}`,
      html`${promised}`,
      html`<div><b>${measured}</b> <small>${detail}</small></div>`,
      html`${certainty}`,
    ]),
  );
}
