/** The one place that writes results and problems to the terminal. */
import pc from 'picocolors';
import { exitCodes, PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';

/** Writes a text and a line end to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes a step of the work to stderr, so that stdout holds results alone. */
export function printStep(text: string): void {
  process.stderr.write(`${pc.dim(text)}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}

/** Columns of the terminal that stdout is; undefined if it is a pipe or a file. */
export function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}

/** `error CODE  cause`, where, and what to do, for each problem. */
export function formatProblem(item: Problem): string {
  const where =
    item.file === undefined ? '' : `${item.file}${item.line === undefined ? '' : `:${item.line}`}: `;
  return `${pc.red('error')} ${pc.bold(item.code)}  ${where}${item.cause}\n  → ${item.remedy}`;
}

/** Writes to stderr what does not stop the work but should be known. */
export function printWarning({ cause, file, line }: { cause: string; file: string; line: number }): void {
  process.stderr.write(`${pc.yellow('warning')} ${file}:${line}: ${cause}\n`);
}

/** Tells an error and returns the exit code that belongs to it. Problems go to stderr, as JSON also to stdout if asked. */
export function printError(error: unknown, json: boolean): number {
  const known = error instanceof PeakproofError ? error : unexpected(error);
  if (json) printJson({ problems: known.problems });
  process.stderr.write(`${known.problems.map(formatProblem).join('\n')}\n`);
  return known.exitCode;
}

function unexpected(error: unknown): PeakproofError {
  if (process.env.PEAKPROOF_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  const cause = error instanceof Error ? error.message : String(error);
  const remedy = 'Please report it, with the stack that PEAKPROOF_DEBUG=1 prints.';
  return new PeakproofError(problem('INTERNAL', cause, process.env.PEAKPROOF_DEBUG ? {} : { remedy }));
}

/** A reader that went away (`| head`) must not end a rehearsal: its results still go to the run folder. */
export function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.exit(exitCodes.internal);
    });
  }
}
