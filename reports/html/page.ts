/** The page around a report: one file that opens from disk, asks nothing of any network and runs only the scripts it names. */
import { embeddedJson, html, type Markup } from './markup.ts';

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

export interface Section {
  readonly id: string;
  readonly title: string;
  /** Its short name in the list of sections. */
  readonly short: string;
  readonly lead?: string;
  readonly body: Markup;
}

export interface PageParts {
  readonly title: string;
  readonly masthead: Markup;
  readonly sections: readonly Section[];
  readonly footer: string;
  /** What charts are drawn from; a page without it runs no script at all. */
  readonly data?: unknown;
}

export function renderPage(
  { title, masthead, sections, footer, data }: PageParts,
  assets: HtmlAssets,
): string {
  const scripts = data === undefined ? [] : [inlineScript(assets.chartJs), inlineScript(assets.script)];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts, assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${{ html: assets.style }}</style>
</head>
<body>
<a class="skip" href="#${sections[0]?.id}">Skip to ${sections[0]?.title.toLowerCase()}</a>
${masthead}
<nav aria-label="Sections"><ul>${sections.map(({ id, short }) => html`<li><a href="#${id}">${short}</a></li>`)}</ul></nav>
<main>
${sections.map(sectionMarkup)}
</main>
<footer><p>${footer}</p></footer>
${
  data === undefined
    ? html``
    : html`<script type="application/json" id="data">${embeddedJson(data)}</script>
`
}${scripts.map(
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
    ...(scripts.length === 0 ? [] : [`script-src ${scripts.map(source).join(' ')}`]),
    `style-src ${source(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function sectionMarkup({ id, title, lead, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<h2 id="${id}-title">${title}</h2>
${lead === undefined ? html`` : html`<p class="lead">${lead}</p>`}
${body}
</section>
`;
}
