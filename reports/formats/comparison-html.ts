/** What `peakproof compare --out FILE.html` writes: the comparison as a page of its own. */
import { changesMarkup, listMarkup, methodMarkup } from '../html/comparison.ts';
import { html, type Markup } from '../html/markup.ts';
import { type HtmlAssets, renderPage } from '../html/page.ts';
import type { ComparisonView } from '../types.ts';

export function renderComparisonHtml(comparison: ComparisonView, assets: HtmlAssets): string {
  return renderPage(
    {
      title: `${comparison.status.word}: ${comparison.title}`,
      masthead: mastheadMarkup(comparison),
      sections: [
        {
          id: 'changes',
          title: 'Before and after',
          short: 'Before and after',
          body: changesMarkup(comparison),
        },
        { id: 'method', title: 'How it was compared', short: 'Method', body: methodMarkup(comparison) },
      ],
      footer: 'Made by peakproof from two run folders; this file holds everything it shows.',
    },
    assets,
  );
}

const tones = { pass: 'pass', fail: 'fail', inconclusive: 'hold', none: 'hold' } as const;

function mastheadMarkup({ title, status, summary, regressions }: ComparisonView): Markup {
  return html`<header class="masthead">
<p class="kicker"><span>peakproof comparison</span></p>
<h1>${title}</h1>
<section class="decision ${tones[status.standing]}" aria-labelledby="decision">
<div class="verdict"><h2 id="decision"><span aria-hidden="true">${status.symbol}</span> ${status.word}</h2></div>
<p class="headline">${summary}</p>
${listMarkup(regressions)}
</section>
</header>`;
}
