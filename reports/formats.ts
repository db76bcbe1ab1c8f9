/** The registry of formats: a new one is one file and one row. */
import { renderGithubAnnotations } from './formats/github-annotations.ts';
import { type HtmlAssets, renderHtml } from './formats/html.ts';
import { renderJunit } from './formats/junit.ts';
import { renderMarkdown } from './formats/markdown.ts';
import { renderTerminal } from './formats/terminal.ts';
import { renderVerdictJson } from './formats/verdict-json.ts';
import type { ReportModel } from './types.ts';

export interface ReportFormat {
  /** What `--format` takes. */
  readonly id: string;
  /** Its name in the run folder; without one it is only ever printed. */
  readonly fileName?: string;
  readonly render: (model: ReportModel, assets: HtmlAssets) => string;
}

export const formats: readonly ReportFormat[] = [
  { id: 'html', fileName: 'report.html', render: renderHtml },
  { id: 'junit', fileName: 'junit.xml', render: renderJunit },
  { id: 'markdown', fileName: 'summary.md', render: renderMarkdown },
  { id: 'json', fileName: 'verdict.json', render: renderVerdictJson },
  { id: 'github', render: renderGithubAnnotations },
  { id: 'terminal', render: (model) => renderTerminal(model, { color: false, columns: 80 }) },
];

export interface RenderedReport {
  readonly id: string;
  readonly fileName: string;
  /** The text, or what the format threw: a broken format must not cost a run its other reports. */
  readonly result: { readonly text: string } | { readonly error: unknown };
}

/** Renders every format that has a file, each on its own. */
export function renderFiles(
  model: ReportModel,
  assets: HtmlAssets,
  from: readonly ReportFormat[] = formats,
): RenderedReport[] {
  return from.flatMap(({ id, fileName, render }) =>
    fileName === undefined ? [] : [{ id, fileName, result: attempt(() => render(model, assets)) }],
  );
}

function attempt(render: () => string): RenderedReport['result'] {
  try {
    return { text: render() };
  } catch (error) {
    return { error };
  }
}
