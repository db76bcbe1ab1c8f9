/** report.html of a profile: one file that opens from disk and asks nothing of any network. */
import type { ServiceProfile } from '../../slo/profile/types.ts';
import { uslThroughput } from '../../slo/statistics/usl.ts';
import { cleanDeep } from '../clean.ts';
import { decimal, minuteOf } from '../figures.ts';
import { listMarkup } from '../html/comparison.ts';
import { html, type Markup } from '../html/markup.ts';
import { type HtmlAssets, renderPage, type Section } from '../html/page.ts';
import { tableMarkup } from '../html/tables.ts';
import { summaryOf } from '../profile/summary.ts';
import {
  changeTables,
  functionTable,
  mixTable,
  rateTable,
  stepTable,
  threadTable,
} from '../profile/tables.ts';
import type { Table } from '../types.ts';

/** `assets` of a profile: its own script, and its style after the report's. */
export function renderProfileHtml(profile: ServiceProfile, assets: HtmlAssets): string {
  const clean = cleanDeep(profile);
  return renderPage(
    {
      title: `Profile of ${clean.subject.name}`,
      masthead: mastheadMarkup(clean),
      sections: sections(clean),
      footer: 'Made by peakproof; this file holds everything it shows.',
      data: chartDataOf(clean),
    },
    assets,
  );
}

function mastheadMarkup(profile: ServiceProfile): Markup {
  const { subject, createdAtMs, durationSeconds, host, complete } = profile;
  return html`<header class="masthead">
<p class="kicker"><span>peakproof profile</span> <span>${minuteOf(createdAtMs)} UTC, ${decimal(durationSeconds)} s, on ${host}</span></p>
<h1>${subject.name}</h1>
${complete ? html`` : html`<aside class="banner"><p><strong>! It ended before it was through: what follows is a part.</strong></p></aside>`}
<section class="decision" aria-label="Summary">${summaryOf(profile).map((line, index) => html`<p${index === 0 ? html` class="headline"` : html``}>${line}</p>`)}</section>
</header>`;
}

function sections(profile: ServiceProfile): Section[] {
  const { capacity, rates, node, comparison } = profile;
  return [
    ...(comparison === undefined ? [] : [comparisonSection(comparison)]),
    ...(capacity === undefined
      ? []
      : [
          section(
            'capacity',
            'Capacity',
            html`${chart('throughput', 'Throughput by connections', 'steps with 95 % intervals, and the law fitted to them')}${table(stepTable(capacity))}`,
          ),
        ]),
    ...(rates.length === 0
      ? []
      : [
          section(
            'latency',
            'Latency at a rate',
            html`${chart('rates', 'Latency by arrival rate', 'p50, p95, p99 and maximum')}${table(rateTable(rates))}`,
          ),
        ]),
    ...(node?.cpuProfile === undefined ? [] : [timeSection(profile)]),
    ...processSection(profile),
    section('method', 'Method', methodMarkup(profile)),
  ];
}

function section(id: string, title: string, body: Markup, lead?: string): Section {
  return { id, title, short: title, body, ...(lead === undefined ? {} : { lead }) };
}

function comparisonSection(comparison: NonNullable<ServiceProfile['comparison']>): Section {
  const body = html`${listMarkup(comparison.warnings)}${changeTables(comparison).map(table)}`;
  return section('comparison', 'Before and after', body);
}

function timeSection(profile: ServiceProfile): Section {
  const { ratePerSecond = 0, seconds = 0, file = '' } = profile.node?.cpuProfile ?? {};
  const lead = `Sampled for ${decimal(seconds)} s at ${decimal(ratePerSecond)} requests/s. Also in ${file}, for the performance panel of Chrome's developer tools.`;
  const body = html`<div class="flame-tools"><label>Find <input type="search" id="flame-find" autocomplete="off"></label>
<button type="button" id="flame-reset" hidden>Show all</button> <span id="flame-told" role="status" class="quiet"></span></div>
<div id="flame" class="flame" role="group" aria-label="Flame graph: who calls whom, as wide as the time it takes" hidden></div>
${table(functionTable(profile))}`;
  return section('time', 'Where the time goes', body, lead);
}

function processSection(profile: ServiceProfile): Section[] {
  const facts = threadTable(profile);
  if (facts === undefined) return [];
  const heap = profile.node?.heap;
  const growth =
    heap === undefined
      ? html``
      : chart('heap', 'Memory by requests', 'heap and external memory after forced collections');
  return [section('process', 'The process', html`${table(facts)}${growth}`)];
}

function methodMarkup(profile: ServiceProfile): Markup {
  const { notes, problems, rateEngine, subject } = profile;
  return html`${listMarkup([
    ...notes,
    ...problems.map(({ code, cause, remedy }) => `${code}: ${cause}. ${remedy}`),
    'Capacity: autocannon in a closed loop, connections doubled until throughput stops growing, then measured once more at the connections chosen. Intervals are Student’s t over blocks.',
    rateEngine === 'k6'
      ? 'Latency: k6 at a constant arrival rate, which does not wait for answers, so that stalls are seen in full. Intervals are of order statistics, widened by the histogram’s buckets.'
      : 'Latency: autocannon, because no k6 was found. It waits for answers, so that stalls are underestimated: tails are lower bounds.',
    `It answered at ${subject.url}.`,
  ])}${table(mixTable(profile))}`;
}

function table(of: Table | undefined): Markup {
  return of === undefined ? html`` : tableMarkup(of);
}

/** The canvas stays hidden until the script has drawn on it. */
function chart(id: string, title: string, summary: string): Markup {
  return html`<figure><figcaption><strong>${title}</strong><span>${summary}</span></figcaption>
<div class="canvas" hidden><canvas id="chart-${id}" role="img" aria-label="${title}: ${summary}"></canvas></div></figure>`;
}

/** What profile.js draws. */
function chartDataOf({ capacity, rates, node }: ServiceProfile) {
  const usl = capacity?.usl;
  const most = capacity?.steps.at(-1)?.connections ?? 1;
  const steps = capacity?.steps.map(({ connections, perSecond }) => ({ connections, ...perSecond })) ?? [];
  return {
    steps,
    law: usl === undefined ? [] : curveConcurrencies(most).map((n) => ({ x: n, y: uslThroughput(usl, n) })),
    rates: rates.map(({ achievedPerSecond, latencyMs }) => ({
      perSecond: achievedPerSecond,
      p50: latencyMs.p50.value,
      p95: latencyMs.p95.value,
      p99: latencyMs.p99.value,
      max: latencyMs.max,
    })),
    heap: node?.heap?.points ?? [],
    flame: node?.cpuProfile?.flame,
  };
}

function curveConcurrencies(most: number): number[] {
  const points = 60;
  return Array.from({ length: points + 1 }, (_, index) => most ** (index / points));
}
