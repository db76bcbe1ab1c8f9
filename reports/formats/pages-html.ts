/** page-load.html: what browsers told while no load was sent. */
import { cleanDeep } from '../clean.ts';
import { html } from '../html/markup.ts';
import { type HtmlAssets, renderPage } from '../html/page.ts';
import { pagesSection } from '../html/pages.ts';
import { tableMarkup } from '../html/tables.ts';
import type { ObservationView } from '../present/observation.ts';

export function renderPagesHtml(view: ObservationView, assets: HtmlAssets): string {
  const { title, subtitle, objectives, pages } = cleanDeep(view);
  return renderPage(
    {
      title: `Page load: ${title}`,
      masthead: html`<header class="masthead"><p class="kicker"><span>peakproof rum</span> <span>${subtitle}</span></p><h1>${title}</h1></header>`,
      sections: [
        { id: 'objectives', title: 'Objectives', short: 'Objectives', body: tableMarkup(objectives) },
        pagesSection(pages),
      ],
      footer: 'Made by peakproof from beacons; this file holds everything it shows.',
    },
    assets,
  );
}
