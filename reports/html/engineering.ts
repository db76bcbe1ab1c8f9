/** For those who run the system: load, latency and errors over time, the heat map, generator, uptime, services. */
import { noObjective } from '../present/heat-map.ts';
import type { Fact, MethodView } from '../told.ts';
import type {
  ChartText,
  DisagreementView,
  GeneratorView,
  ReportModel,
  ServiceView,
  TimelineView,
} from '../types.ts';
import { statusOf } from '../words.ts';
import { listMarkup } from './comparison.ts';
import { html, type Markup } from './markup.ts';
import { cardTable, cellText, legendMarkup, objectiveTable, statusMark, tableMarkup } from './tables.ts';

export function timelineMarkup(timeline: TimelineView): Markup {
  return html`${chart('load', timeline.load)}
${chart('latency', timeline.latency)}
${chart('errors', timeline.errors)}
${timeline.aggregation === '' ? html`` : html`<p class="quiet">${timeline.aggregation}</p>`}
${tableMarkup(timeline.byPhase)}
<details><summary>The figures behind the charts</summary>
${tableMarkup(timeline.bySecond)}</details>`;
}

/** The canvas stays hidden until the script has drawn on it; the text is there in any case. */
export function chart(id: string, { title, summary }: ChartText): Markup {
  return html`<figure><figcaption><strong>${title}</strong><span>${summary}</span></figcaption>
<div class="canvas" hidden><canvas id="chart-${id}" role="img" aria-label="${title}. ${summary}"></canvas></div></figure>`;
}

const heatLegend = [...(['pass', 'fail', 'inconclusive'] as const).map(statusOf), noObjective];

/** Symbols with shares: words in every cell would not fit the page. */
export function heatMapMarkup({ heatMap, services }: ReportModel): Markup {
  const names = services.map((service) => service.name);
  const legend = heatLegend.map(({ symbol, word }) => ({ symbol, text: word }));
  return html`${legendMarkup(legend)}<div class="heat symbols">${tableMarkup(heatMap, (cell) => {
    const index = names.indexOf(cell.text);
    if (index === -1) return cellText(cell);
    return html`<a href="#service-${index}">${cell.text}</a>`;
  })}</div>`;
}

export function generatorMarkup(generator: GeneratorView): Markup {
  return html`<p>${statusMark(generator.status)} ${generator.summary}</p>
${chart('generator', generator.chart)}
${tableMarkup(generator.figures)}
${generator.reconciliation.rows.length === 0 ? html`` : tableMarkup(generator.reconciliation)}`;
}

export function disagreementMarkup({ table: { caption, columns, rows } }: DisagreementView): Markup {
  return cardTable(
    caption,
    columns.map(({ label }) => label),
    rows.map((row) =>
      row.map((cell, index) => (index === 0 ? cellText(cell) : html`<div>${cellText(cell)}</div>`)),
    ),
  );
}

export function serviceMarkup(service: ServiceView, index: number): Markup {
  const open = service.isOpen ? html` open` : html``;
  return html`<details class="service" id="service-${index}"${open}>
<summary><h3>${service.name}</h3> ${statusMark(service.status)} <span class="quiet">${service.description}</span></summary>
<dl class="facts">${service.facts.map(factMarkup)}</dl>
${objectiveTable(`Objectives of ${service.name}`, service.objectives)}
${tableMarkup(service.routes)}
</details>`;
}

function factMarkup({ label, text }: Fact): Markup {
  return html`<div><dt>${label}</dt><dd>${text}</dd></div>`;
}

export function methodMarkup(method: MethodView): Markup {
  const [command, ...rest] = method.reproduction;
  return html`<h3>Repeat it</h3>
<div class="scroll" role="region" tabindex="0" aria-label="Command"><pre><code>${command?.text}</code></pre></div>
<dl class="facts">${[...rest, ...method.versions].map(factMarkup)}</dl>
<h3>Evidence</h3>
<p class="quiet">SHA-256 of what this report was made from. <code>peakproof verify</code> holds the run folder against them.</p>
<dl class="facts checksums">${method.checksums.map(factMarkup)}</dl>
<h3>What the words mean</h3>
<dl class="definitions">${method.definitions.map(factMarkup)}</dl>
<h3>What this run cannot tell</h3>
${listMarkup(method.limits)}`;
}
