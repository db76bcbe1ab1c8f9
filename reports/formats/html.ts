/** report.html: what happened in one run. */
import { chartData } from '../html/chart-data.ts';
import { comparisonSectionOf, listMarkup } from '../html/comparison.ts';
import { drillsMarkup } from '../html/drills.ts';
import { elasticitySection } from '../html/elasticity.ts';
import {
  disagreementMarkup,
  generatorMarkup,
  heatMapMarkup,
  methodMarkup,
  serviceMarkup,
  timelineMarkup,
} from '../html/engineering.ts';
import { mastheadMarkup, promisesMarkup } from '../html/leadership.ts';
import { ledgerSection } from '../html/ledger.ts';
import { html } from '../html/markup.ts';
import { type HtmlAssets, renderPage, type Section } from '../html/page.ts';
import { pagesSection } from '../html/pages.ts';
import { objectiveTable, tableMarkup } from '../html/tables.ts';
import type { ReportModel } from '../types.ts';

export type { HtmlAssets } from '../html/page.ts';

export function renderHtml(model: ReportModel, assets: HtmlAssets): string {
  return renderPage(
    {
      title: `${model.decision.word}: ${model.title}, ${model.subtitle}`,
      masthead: mastheadMarkup(model),
      sections: sections(model),
      footer: `Run ${model.runId}. Made by peakproof from the run folder; this file holds everything it shows.`,
      data: chartData(model),
    },
    assets,
  );
}

function sections(model: ReportModel): Section[] {
  return [
    { id: 'promises', title: 'Promises', short: 'Promises', body: promisesMarkup(model.promises) },
    ...drillsSection(model),
    ...(model.elasticity === undefined ? [] : [elasticitySection(model.elasticity)]),
    ...historySection(model),
    ...comparisonSection(model),
    ...ledgerSection(model.ledgers),
    {
      id: 'timeline',
      title: 'Load and answers over time',
      short: 'Over time',
      body: timelineMarkup(model.timeline),
    },
    {
      id: 'heat-map',
      title: 'Where it holds, where it hurts',
      short: 'Heat map',
      lead: 'Share of good events under each standing. A service links to its details.',
      body: heatMapMarkup(model),
    },
    ...(model.pages === undefined ? [] : [pagesSection(model.pages)]),
    ...trendsSection(model),
    {
      id: 'generator',
      title: 'Can the load generator be trusted?',
      short: 'Generator',
      body: generatorMarkup(model.generator),
    },
    {
      id: 'uptime',
      title: 'Uptime, told twice',
      short: 'Uptime',
      lead: 'By requests an outage weighs as much as the traffic it met; by time, every second weighs the same.',
      body: tableMarkup(model.uptime),
    },
    ...disagreementSection(model),
    {
      id: 'across',
      title: 'Across services',
      short: 'Across services',
      body: objectiveTable('Objectives that no single service owns', model.acrossServices),
    },
    {
      id: 'services',
      title: 'Service by service',
      short: 'Services',
      body: html`${model.services.map(serviceMarkup)}`,
    },
    { id: 'method', title: 'Method and reproduction', short: 'Method', body: methodMarkup(model.method) },
  ];
}

function drillsSection({ drills }: ReportModel): Section[] {
  if (drills === undefined) return [];
  const title = 'Broken on purpose, and recovered';
  return [{ id: 'drills', title, short: 'Drills', lead: drills.lead, body: drillsMarkup(drills) }];
}

function historySection({ history }: ReportModel): Section[] {
  if (history === undefined) return [];
  const { lead, table } = history;
  const body = html`<div class="heat">${tableMarkup(table)}</div>`;
  return [{ id: 'history', title: 'Run by run', short: 'Run by run', lead, body }];
}

function disagreementSection({ disagreement }: ReportModel): Section[] {
  if (disagreement === undefined) return [];
  return [
    {
      id: 'disagreement',
      title: 'Where client and servers disagree',
      short: 'Client and servers',
      lead: disagreement.summary,
      body: disagreementMarkup(disagreement),
    },
  ];
}

function comparisonSection({ comparison }: ReportModel): Section[] {
  return comparison === undefined ? [] : [comparisonSectionOf(comparison)];
}

function trendsSection({ trends }: ReportModel): Section[] {
  if (trends === undefined) return [];
  const body = html`${listMarkup(trends.findings)}${trends.table.rows.length === 0 ? html`` : tableMarkup(trends.table)}`;
  return [{ id: 'trends', title: 'Trends', short: 'Trends', lead: trends.lead, body }];
}
