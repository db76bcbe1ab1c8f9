/** The page-load section as markup. Drawings are SVG with attributes only: the page allows no inline style. */
import type { DistributionView, FilmView, PagesView, VitalView, WaterfallView } from '../pages-view.ts';
import { listMarkup } from './comparison.ts';
import { html, type Markup } from './markup.ts';
import type { Section } from './page.ts';
import { cardTable, cellText, tableMarkup } from './tables.ts';

export function pagesSection(pages: PagesView): Section {
  const optional = (table: PagesView['loads']) => (table === undefined ? html`` : tableMarkup(table));
  return {
    ...{ id: 'page-load', title: 'Page load in browsers', short: 'Page load', lead: pages.summary },
    body: html`${listMarkup(pages.problems)}
${optional(pages.loads)}
${optional(pages.byPhase)}
${pages.distribution === undefined ? html`` : distributionMarkup(pages.distribution)}
${pages.vitals.length === 0 ? html`` : vitalsMarkup(pages.vitals)}
${pages.films.map(filmMarkup)}
${pages.waterfalls.map(waterfallMarkup)}
${optional(pages.exceptions)}
${optional(pages.rejections)}`,
  };
}

const width = 1000;
const x = (share: number): string => (share * width).toFixed(1);
const barHeight = 160;

function distributionMarkup({ title, summary, bars, least, most }: DistributionView): Markup {
  return html`<figure><figcaption><strong>${title}</strong><span>${summary}</span></figcaption>
<svg class="histogram" viewBox="0 0 ${width} ${barHeight}" preserveAspectRatio="none" role="img" aria-label="${title}. ${summary}">${bars.map(
    ({ from, to, height }) =>
      html`<rect x="${x(from)}" y="${((1 - height) * barHeight).toFixed(1)}" width="${x(to - from)}" height="${(height * barHeight).toFixed(1)}"/>`,
  )}</svg>
<p class="axis quiet"><span>${least}</span><span>${most}</span></p></figure>`;
}

function vitalsMarkup(vitals: readonly VitalView[]): Markup {
  return cardTable(
    'Web vitals by page, as beacons told them',
    ['Vital', 'Page', 'Measured', 'Bands', 'Limits'],
    vitals.map((vital) => [
      html`${vital.name}`,
      html`${vital.page}`,
      html`<div>${cellText(vital.measured)}</div>`,
      html`<div>${bandsMarkup(vital)} <small>${vital.shares}</small></div>`,
      html`${vital.limits}`,
    ]),
  );
}

function bandsMarkup({ good, fair, poor }: VitalView): Markup {
  return html`<svg class="bands" viewBox="0 0 ${width} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="good" x="0" width="${x(good)}" height="10"/><rect class="fair" x="${x(good)}" width="${x(fair)}" height="10"/><rect class="poor" x="${x(good + fair)}" width="${x(poor)}" height="10"/></svg>`;
}

function filmMarkup({ title, frames }: FilmView): Markup {
  return html`<h3>What a visitor saw: ${title}</h3>
<ol class="film">${frames.map(
    ({ caption, image }) =>
      html`<li><figure><img src="${image}" alt="${title}: ${caption}"><figcaption>${caption}</figcaption></figure></li>`,
  )}</ol>`;
}

function waterfallMarkup({ title, resources }: WaterfallView): Markup {
  return html`<details><summary>Slowest load of ${title}</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table class="waterfall"><caption>What it fetched</caption>
<thead><tr><th scope="col" class="text">Resource</th><th scope="col" class="text">Kind</th><th scope="col" class="text">When</th><th scope="col">Begin + length</th></tr></thead>
<tbody>${resources.map(
    ({ name, kind, from, to, text }) =>
      html`<tr><th scope="row">${name}</th><td class="text">${kind}</td><td class="text"><svg viewBox="0 0 ${width} 10" preserveAspectRatio="none" aria-hidden="true"><rect x="${x(from)}" width="${x(Math.max(to - from, 0.002))}" height="10"/></svg></td><td>${text}</td></tr>`,
  )}</tbody></table></div></details>`;
}
