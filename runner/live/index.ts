/** Chooses how a rehearsal is shown. */
import type { Phase } from '../../profiles/types.ts';
import type { LiveView } from '../types.ts';
import { jsonLinesView } from './json-lines.ts';
import { linesView } from './lines.ts';
import { terminalView } from './terminal.ts';

export interface LiveOptions {
  readonly quiet: boolean;
  readonly json: boolean;
  readonly color: boolean;
  readonly phases: readonly Phase[];
  /** Progress goes here, JSON lines to `results`, so that a redirected stdout holds results alone. */
  readonly progress: NodeJS.WriteStream;
  readonly results: { write(text: string): unknown };
}

export function createLiveView(options: LiveOptions): LiveView {
  if (options.json) return jsonLinesView(options.results);
  if (options.quiet) return silentView;
  return options.progress.isTTY
    ? terminalView(options.progress, options.phases, options.color)
    : linesView(options.progress);
}

export const silentView: LiveView = { note() {}, snapshot() {}, close() {} };
