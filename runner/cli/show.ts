/** Tells the outcome of a run: to a person, to a program, and to GitHub where it listens. */
import { appendFileSync } from 'node:fs';
import pc from 'picocolors';
import { renderGithubAnnotations } from '../../reports/formats/github-annotations.ts';
import { renderMarkdown } from '../../reports/formats/markdown.ts';
import { renderTerminal } from '../../reports/formats/terminal.ts';
import type { ReportModel } from '../../reports/types.ts';
import { print, printStep, terminalWidth } from './print.ts';

const usualColumns = 100;

/** Prints the summary of a run for a person. */
export function showSummary(model: ReportModel, reportPath?: string): void {
  print(
    renderTerminal(model, {
      color: pc.isColorSupported,
      columns: terminalWidth() ?? usualColumns,
      ...(reportPath === undefined ? {} : { reportPath }),
    }),
  );
}

/**
 * Annotates the commit and the job's summary where GitHub Actions runs us. The commands go to stderr, which
 * its runner reads as well, so that stdout stays the result.
 */
export function tellGithub(model: ReportModel, env: NodeJS.ProcessEnv): void {
  if (env.GITHUB_ACTIONS) process.stderr.write(renderGithubAnnotations(model));
  if (!env.GITHUB_STEP_SUMMARY) return;
  try {
    appendFileSync(env.GITHUB_STEP_SUMMARY, renderMarkdown(model));
  } catch (error) {
    // A summary that GitHub cannot take must not turn a pass into a failure.
    printStep(`the job summary was not written: ${(error as Error).message}`);
  }
}
