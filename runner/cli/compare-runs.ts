/** `peakproof compare`, once its options are read. */
import { extname } from 'node:path';
import pc from 'picocolors';
import { renderComparisonHtml } from '../../reports/formats/comparison-html.ts';
import { renderComparisonMarkdown } from '../../reports/formats/comparison-markdown.ts';
import { renderComparisonTerminal } from '../../reports/formats/comparison-terminal.ts';
import { presentComparison } from '../../reports/present/comparison.ts';
import type { ComparisonView } from '../../reports/types.ts';
import { exitCodes, PeakproofError, problem } from '../../scenarios/problem.ts';
import type { ComparisonOutcome } from '../../slo/compare/types.ts';
import { compare, readComparedRun } from '../compare.ts';
import { ProblemList } from '../problem-list.ts';
import { findRun } from '../store/find-run.ts';
import { readReportAssets } from '../store/report-assets.ts';
import { type CompareOptions, parseLeastEffect } from './compare-options.ts';
import { print, printJson, printStep, terminalWidth } from './print.ts';
import { writeText } from './write-text.ts';

const exitCodeOf: Readonly<Record<ComparisonOutcome, number>> = {
  none: exitCodes.pass,
  regression: exitCodes.fail,
  nothing: exitCodes.inconclusive,
};

const usualColumns = 120;

type Render = (view: ComparisonView) => string;

const renderers: Readonly<Record<string, Render>> = {
  '.html': (view) => renderComparisonHtml(view, readReportAssets()),
  '.md': renderComparisonMarkdown,
};

/** Compares two saved runs and tells the result; the exit code follows from it. */
export async function compareSaved(
  baseline: string,
  candidate: string,
  options: CompareOptions,
): Promise<number> {
  const list = new ProblemList();
  const leastEffect = parseLeastEffect(options, list);
  const render =
    options.out === undefined ? undefined : list.attempt(() => rendererFor(options.out as string));
  const base = list.attempt(() => readComparedRun(findRun(baseline)));
  const other = list.attempt(() => readComparedRun(findRun(candidate)));
  list.throwIfAny();
  if (base === undefined || other === undefined) throw new Error('a missing run without a problem');
  const comparison = compare(base, other, { leastEffect, force: options.force === true });
  const view = presentComparison(comparison);
  if (options.json) printJson(comparison);
  else {
    const columns = terminalWidth() ?? usualColumns;
    print(renderComparisonTerminal(view, { color: pc.isColorSupported, columns }));
  }
  if (render !== undefined && options.out !== undefined) {
    writeText('--out', options.out, render(view));
    printStep(`written to ${options.out}`);
  }
  return exitCodeOf[comparison.outcome];
}

function rendererFor(file: string): Render {
  const render = renderers[extname(file).toLowerCase()];
  if (render !== undefined) return render;
  const known = Object.keys(renderers).join(' or ');
  throw new PeakproofError(
    problem('INVALID_OPTION', `--out ${file} does not end in ${known}`, {
      remedy: 'The ending chooses the format.',
    }),
  );
}
