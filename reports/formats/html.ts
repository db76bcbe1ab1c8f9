/** report.html: one file that opens from disk, asks nothing of any network and runs only the scripts it names. */
import { chartData } from '../html/chart-data.ts';
import {
  disagreementMarkup,
  generatorMarkup,
  heatMapMarkup,
  methodMarkup,
  serviceMarkup,
  timelineMarkup,
} from '../html/engineering.ts';
import { mastheadMarkup, promisesMarkup } from '../html/leadership.ts';
import { embeddedJson, html, type Markup } from '../html/markup.ts';
import { objectiveTable, tableMarkup } from '../html/tables.ts';
import type { ReportModel } from '../types.ts';

/** What the page inlines. The runner reads the texts; hashing comes in too, because this folder is pure. */
export interface HtmlAssets {
  /** Chart.js as a minified UMD bundle. */
  readonly chartJs: string;
  /** reports/assets/report.css */
  readonly style: string;
  /** reports/assets/report.js */
  readonly script: string;
  /** SHA-256 of the text's UTF-8 bytes, in base64. */
  readonly sha256Base64: (text: string) => string;
}

interface Section {
  readonly id: string;
  readonly title: string;
  /** Its short name in the list of sections. */
  readonly short: string;
  readonly lead?: string;
  readonly body: Markup;
}

export function renderHtml(model: ReportModel, assets: HtmlAssets): string {
  const scripts = [inlineScript(assets.chartJs), inlineScript(assets.script)];
  const all = sections(model);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts, assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${model.decision.word}: ${model.title}, ${model.subtitle}</title>
<link rel="icon" href="data:,">
<style>${{ html: assets.style }}</style>
</head>
<body>
<a class="skip" href="#promises">Skip to the promises</a>
${mastheadMarkup(model)}
<nav aria-label="Sections"><ul>${all.map(({ id, short }) => html`<li><a href="#${id}">${short}</a></li>`)}</ul></nav>
<main>
${all.map(sectionMarkup)}
</main>
<footer><p>Run ${model.runId}. Made by peakproof from the run folder; this file holds everything it shows.</p></footer>
<script type="application/json" id="data">${embeddedJson(chartData(model))}</script>
${scripts.map(
  (script) => html`<script>${{ html: script }}</script>
`,
)}</body>
</html>
`;
  return page.html;
}

/** The source map's address is a request that developer tools would make. */
function inlineScript(source: string): string {
  const script = source.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
  if (/<\/script|<!--/i.test(script)) throw new Error('a script to inline would end its own element');
  return script;
}

function policy(scripts: readonly string[], { style, sha256Base64 }: HtmlAssets): string {
  const source = (text: string) => `'sha256-${sha256Base64(text)}'`;
  return [
    "default-src 'none'",
    `script-src ${scripts.map(source).join(' ')}`,
    `style-src ${source(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function sections(model: ReportModel): Section[] {
  return [
    { id: 'promises', title: 'Promises', short: 'Promises', body: promisesMarkup(model.promises) },
    ...historySection(model),
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

function sectionMarkup({ id, title, lead, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<h2 id="${id}-title">${title}</h2>
${lead === undefined ? html`` : html`<p class="lead">${lead}</p>`}
${body}
</section>
`;
}
