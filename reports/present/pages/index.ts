/** The page-load section: what browsers told, and what they looked like meanwhile. */

import { groupBy } from '../../../slo/group-by.ts';
import { type Frame, type PageMeasurements, type PageWaterfall, visitors } from '../../../slo/pages/types.ts';
import { cleanText } from '../../clean.ts';
import { clockTime, count, counted, milliseconds } from '../../figures.ts';
import type { FilmView, PagesView, WaterfallView } from '../../pages-view.ts';
import type { Figure } from '../../told.ts';
import type { Table } from '../../types.ts';
import type { PresentInput } from '../input.ts';
import { cell, columns } from '../table.ts';
import { agreementSentence, distributionOf, loadTable, phaseTable } from './loads.ts';
import { isOf, meanOf, rowsOfMetric } from './sums.ts';
import { vitalsOf } from './vitals.ts';

type Seen = Pick<PresentInput, 'measurements' | 'plan'>;

const mostExceptions = 20;
const mostResources = 40;
const mostFilms = 8;

/** Undefined if nobody was to tell of pages. Pictures come by `presentFilms`, as texts are cut to a length. */
export function presentPages({ measurements, plan }: Seen): Omit<PagesView, 'films'> | undefined {
  const { pages } = measurements;
  if (pages === undefined) return undefined;
  const loads = rowsOfMetric(pages.rows, 'page-load', plan).filter(isOf('browser', ...visitors));
  return {
    summary: summaryOf(pages, agreementSentence(loads)),
    problems: pages.problems,
    ...optional('loads', loadTable(loads)),
    ...optional('byPhase', phaseTable(loads, plan)),
    ...optional('distribution', distributionOf(loads)),
    vitals: vitalsOf(pages.rows, plan),
    ...optional('exceptions', exceptionTable(pages)),
    waterfalls: pages.waterfalls.map(waterfallView),
    ...optional('rejections', rejectionTable(pages)),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}

function summaryOf({ sessions, rows }: PageMeasurements, agreement: string): string {
  const of = (origin: string) =>
    sessions.reduce((sum, row) => sum + (row.origin === origin ? row.sessions : 0), 0);
  const [real, synthetic, virtual] = [of('real'), of('synthetic'), of('virtual')];
  if (rows.length === 0 && real + synthetic + virtual === 0) return 'No page was seen in a browser.';
  const virtualUsers =
    virtual === 0
      ? ''
      : ` ${counted(virtual, 'session')} of virtual users loaded the collector and prove nothing.`;
  const seen = `Beacons of ${counted(synthetic, 'session')} of our own browser and ${counted(real, 'session')} of real users.`;
  return `${seen}${virtualUsers} ${agreement}`.trim();
}

/** The figure of the first screen; none without a page load. */
export function pageLoadFigures({ measurements, plan }: Seen): Figure[] {
  const loads = rowsOfMetric(measurements.pages?.rows ?? [], 'page-load', plan).filter(isOf(...visitors));
  const all = meanOf(loads);
  if (all === undefined) return [];
  const pages = [...groupBy(loads, ({ page }) => page)].slice(0, 3).flatMap(([page, rows]) => {
    const mean = meanOf(rows);
    return mean === undefined ? [] : [`${page} ${milliseconds(mean.ms)}`];
  });
  const note = `mean of ${counted(all.count, 'load')} in browsers: ${pages.join(', ')}`;
  return [{ label: 'Page load', value: milliseconds(all.ms), note }];
}

function exceptionTable({ exceptions }: PageMeasurements): Table | undefined {
  if (exceptions.length === 0) return undefined;
  const groups = groupBy(exceptions, ({ type, message, where }) => `${type}\n${message}\n${where}`);
  const total = (rows: readonly { readonly count: number }[]) =>
    rows.reduce((sum, row) => sum + row.count, 0);
  const frequent = [...groups.values()].sort((a, b) => total(b) - total(a));
  return {
    caption: `JavaScript errors${frequent.length > mostExceptions ? `: the ${mostExceptions} most frequent of ${frequent.length}` : ''}`,
    columns: columns('Error', 'Times#', 'Pages', 'First#', 'Last#'),
    rows: frequent.slice(0, mostExceptions).map((rows) => {
      const { type = '', message = '', where = '' } = rows[0] ?? {};
      return [
        cell(`${type}: ${message}`, where),
        cell(count(total(rows))),
        cell([...new Set(rows.map(({ page }) => page))].join(', ')),
        cell(clockTime(Math.min(...rows.map(({ firstSecond }) => firstSecond)))),
        cell(clockTime(Math.max(...rows.map(({ lastSecond }) => lastSecond)))),
      ];
    }),
  };
}

function rejectionTable({ rejections }: PageMeasurements): Table | undefined {
  if (rejections.length === 0) return undefined;
  return {
    caption: 'Beacons that were turned away, or parts of them that were left out',
    columns: columns('Cause', 'Times#'),
    rows: rejections.map((item) => [cell(item.cause), cell(count(item.count))]),
  };
}

function waterfallView(view: PageWaterfall): WaterfallView {
  const { page, device, cache, loadMs, phase, second } = view;
  const share = (ms: number) => Math.min(1, Math.max(0, ms / loadMs));
  const shown = view.resources.slice(0, mostResources);
  return {
    title: `${page}, ${device}, ${cache} cache: ${milliseconds(loadMs)} in phase ${phase} at ${clockTime(second)}`,
    resources: shown.map(({ name, kind, startMs, durationMs }) => ({
      ...{ name, kind },
      from: share(startMs),
      to: share(startMs + durationMs),
      text: `${milliseconds(startMs)} + ${milliseconds(durationMs)}`,
    })),
  };
}

/** Nothing but base64 gets into the address of a picture. */
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** One strip for each page and device. */
export function presentFilms({ measurements }: Seen): FilmView[] {
  const frames = (measurements.pages?.frames ?? []).filter(({ pngBase64 }) => base64.test(pngBase64));
  const films = groupBy(frames, ({ page, device }: Frame) => `${page}, ${device}`);
  return [...films].slice(0, mostFilms).map(([title, own]) => ({
    title: cleanText(title),
    frames: own.map(({ milestone, atMs, pngBase64 }) => ({
      caption: cleanText(`${milestone}, ${milliseconds(atMs)}`),
      image: `data:image/png;base64,${pngBase64}`,
    })),
  }));
}
