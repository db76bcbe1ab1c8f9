/** `peakproof rum`: listens, shows what browsers tell, and keeps it. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createLogUpdate } from 'log-update';
import { cleanDeep } from '../../reports/clean.ts';
import { renderPagesHtml } from '../../reports/formats/pages-html.ts';
import { presentObservation } from '../../reports/present/observation.ts';
import type { Cell, Table } from '../../reports/types.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { everySeconds } from '../collect/every-seconds.ts';
import { loadSuite } from '../load-suite.ts';
import { ProblemList } from '../problem-list.ts';
import { withDeadline } from '../process/deadline.ts';
import { observationDocument } from '../rum/document.ts';
import { longestSeconds, type Observed, pageObjectives, startObserving } from '../rum/observe.ts';
import { checkPlace, makePlace } from '../store/place.ts';
import { readReportAssets } from '../store/report-assets.ts';
import { writeWhole } from '../store/write.ts';
import type { RumOptions } from './options.ts';
import { print, printJson, printStep, terminalWidth } from './print.ts';
import { listenForStop } from './signals.ts';
import { table } from './table.ts';
import { parsePort, parseSeconds } from './values.ts';

/** What a killed observation loses at most. */
const secondsBetweenSaves = 10;

export async function runRum(options: RumOptions): Promise<number> {
  const { suite, objectives } = await loadSuite({ config: options.config, cwd: process.cwd() });
  const { port, seconds, folder } = check(options);
  const judged = pageObjectives(objectives);
  if (judged.length === 0) {
    throw new PeakproofError(
      problem('NO_OBJECTIVES', 'the suite has no objective with metrics of type Faro'),
    );
  }
  const apiKey = process.env.PEAKPROOF_FARO_KEY || randomBytes(16).toString('hex');
  const save = keeper(suite.title, folder);
  const observation = await startObserving(suite.name, judged, { port, apiKey });
  const signals = listenForStop(() => {});
  const stops = [
    showLive(options, () => observation.soFar()),
    everySeconds(secondsBetweenSaves, 0, () => orSay(() => save(observation.soFar()))),
  ];
  try {
    printStep(`beacons to ${observation.url} with x-api-key ${apiKey}`);
    await ended(signals.stopSignal, seconds);
  } finally {
    for (const stop of stops) stop();
    await observation.close();
    signals.release();
  }
  const observed = observation.soFar();
  save(observed);
  if (options.json) printJson(observationDocument(observed));
  else print(tables(suite.title, observed));
  return 0;
}

function check(options: RumOptions) {
  const list = new ProblemList();
  const { port, duration, out } = options;
  const checked = {
    port: port === undefined ? 0 : list.attempt(() => parsePort('--port', port)),
    seconds: duration === undefined ? undefined : list.attempt(() => parseSeconds('--duration', duration)),
    folder: out === undefined ? undefined : resolve(out),
  };
  const { folder } = checked;
  if (folder !== undefined) list.attempt(() => checkPlace(folder));
  list.throwIfAny();
  if (folder !== undefined) makePlace(folder);
  return { ...checked, port: checked.port ?? 0 };
}

async function ended(stopSignal: AbortSignal, seconds = longestSeconds): Promise<void> {
  const limitMs = Math.min(seconds, longestSeconds) * 1000;
  await withDeadline(limitMs, stopSignal, async (signal) => {
    if (!signal.aborted) await once(signal, 'abort');
  });
}

/** Writes what was seen until now, so that a killed observation keeps most of it. */
function keeper(title: string, folder: string | undefined): (observed: Observed) => void {
  if (folder === undefined) return () => {};
  const assets = readReportAssets();
  return (observed) => {
    const document = JSON.stringify(observationDocument(observed));
    writeWhole(join(folder, 'page-load.json'), `${document}\n`);
    const page = renderPagesHtml(presentObservation(title, observed), assets);
    writeWhole(join(folder, 'page-load.html'), page);
  };
}

/** A disk that is full for a while must not end what is observed; the last save throws if it still is. */
function orSay(work: () => void): void {
  try {
    work();
  } catch (error) {
    printStep((error as Error).message);
  }
}

/** Redraws the tables once a second where there is a terminal. Returns how to stop. */
function showLive({ json }: RumOptions, soFar: () => Observed): () => void {
  if (json || !process.stderr.isTTY) return () => {};
  const update = createLogUpdate(process.stderr);
  const stop = everySeconds(1, 0, () => update(tables('', soFar())));
  return () => {
    stop();
    update.clear();
    update.done();
  };
}

function tables(title: string, observed: Observed): string {
  const { subtitle, objectives, pages } = cleanDeep(presentObservation(title, observed));
  const vitals = pages.vitals.map(({ name, page, measured, shares }) => [name, page, measured.text, shares]);
  return [
    `${subtitle}. ${pages.summary}`,
    textTable(withoutReasons(objectives)),
    ...(pages.loads === undefined ? [] : [textTable(pages.loads)]),
    ...(vitals.length === 0
      ? []
      : [
          table(
            ['Vital', 'Page', 'p75', 'Bands'].map((name) => ({ title: name })),
            vitals,
            terminalWidth(),
          ),
        ]),
    ...(pages.exceptions === undefined ? [] : [textTable(pages.exceptions)]),
    ...(pages.rejections === undefined ? [] : [textTable(pages.rejections)]),
  ].join('\n\n');
}

/** Reasons are sentences, for which a terminal's table has no room. */
function withoutReasons({ columns, rows, ...table }: Table): Table {
  return { ...table, columns: columns.slice(0, -1), rows: rows.map((row) => row.slice(0, -1)) };
}

function textTable({ columns, rows }: Table): string {
  const titles = columns.map(({ label, align }) => ({
    title: label,
    ...(align === 'number' ? { align: 'right' as const } : {}),
  }));
  return table(
    titles,
    rows.map((row) => row.map(textOf)),
    terminalWidth(),
  );
}

function textOf({ text, note, status }: Cell): string {
  const main = status === undefined ? text : `${status.symbol} ${text}`;
  return note === undefined ? main : `${main} (${note})`;
}
