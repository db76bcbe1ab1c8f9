import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../reports/formats/html.ts';
import { renderMarkdown } from '../../../reports/formats/markdown.ts';
import { renderTerminal } from '../../../reports/formats/terminal.ts';
import { present } from '../../../reports/model.ts';
import type { Table } from '../../../reports/types.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { pageRow, pagesSeen } from '../../fixtures/report/pages.ts';
import { reportInput } from '../../fixtures/report-input.ts';

const modelOf = (pages = pagesSeen()) => present(reportInput({ measurements: { pages } }));
const texts = (table: Table | undefined) => table?.rows.map((row) => row.map(({ text }) => text));

describe('the page-load section', () => {
  const { pages } = modelOf();

  it('holds the browser against its beacons, and tells real users apart', () => {
    expect(texts(pages?.loads)).toEqual([
      ['home, phone', '1 s', '400 ms', '801 ms', 'agree', '–'],
      ['home, desktop', '–', '–', '–', 'not compared', '2 s'],
    ]);
    expect(pages?.summary).toContain(
      "The browser's own clock (800 ms over 3 loads) and its beacons (801 ms over 3 loads) agree.",
    );
  });

  it('says where they disagree', () => {
    const rows = [pageRow('page-load', [800], { origin: 'browser' }), pageRow('page-load', [850])];
    const told = modelOf({ ...pagesSeen(), rows }).pages;
    expect(texts(told?.loads)?.[0]?.[4]).toBe('disagree');
    expect(told?.summary).toContain('disagree.');
  });

  it('tells nothing of the warm-up, for which nobody is promised anything', () => {
    const rows = [pageRow('page-load', [800]), pageRow('page-load', [9000], { phase: 'warmup', second: 2 })];
    expect(texts(modelOf({ ...pagesSeen(), rows }).pages?.loads)).toEqual([
      ['home, phone', '–', '–', '800 ms', 'not compared', '–'],
    ]);
  });

  it('draws bars as high as there were loads of their length', () => {
    const rows = [pageRow('page-load', [100, 100, 1000])];
    const bars = modelOf({ ...pagesSeen(), rows }).pages?.distribution?.bars ?? [];
    expect(bars.map(({ height }) => height).filter((height) => height > 0)).toEqual([1, 0.5]);
    expect(bars.at(-1)?.height).toBe(0.5);
  });

  it('tells the most frequent error first', () => {
    const [rare] = pagesSeen('rare').exceptions;
    const exceptions = [rare, { ...rare, message: 'frequent', count: 9 }] as never;
    const told = texts(modelOf({ ...pagesSeen(), exceptions }).pages?.exceptions);
    expect(told?.map(([error, times]) => [error, times])).toEqual([
      ['rare: frequent', '9'],
      ['rare: rare', '3'],
    ]);
  });

  it('tells each phase, with the multiple of normal load', () => {
    expect(pages?.byPhase?.columns.map(({ label }) => label)).toEqual(['Page', 'peak (10x)']);
    expect(texts(pages?.byPhase)).toEqual([
      ['home, phone', '801 ms'],
      ['home, desktop', '2 s'],
    ]);
  });

  it('puts vitals into the bands of web.dev', () => {
    expect(pages?.vitals.map(({ name, good, fair, poor }) => [name.slice(0, 3), good, fair, poor])).toEqual([
      ['LCP', 0.5, 0.25, 0.25],
      ['CLS', 0.5, 0, 0.5],
    ]);
    expect(pages?.vitals[1]?.limits).toBe('good up to 0.1, poor above 0.25');
  });

  it('draws what a load fetched within its length', () => {
    expect(pages?.waterfalls[0]?.resources[0]).toMatchObject({ from: 0.5, to: 0.75 });
  });

  it('is on the first screen of every format', () => {
    const model = modelOf();
    const note = 'mean of 4 loads in browsers: home 1.1 s';
    expect(model.figures).toContainEqual({ label: 'Page load', value: '1.1 s', note });
    expect(renderMarkdown(model)).toContain('Page load **1.1 s**');
    expect(renderTerminal(model, { color: false, columns: 100 })).toContain(note);
    expect(renderHtml(model, assets)).toContain('<dt>Page load</dt><dd><b>1.1\u00a0s</b>');
  });

  it('is left out where nobody was to tell of pages', () => {
    expect(present(reportInput()).pages).toBeUndefined();
    expect(renderHtml(present(reportInput()), assets)).not.toContain('id="page-load"');
  });

  it('says why there is nothing, where there is nothing', () => {
    const rows = { rows: [], sessions: [], exceptions: [], waterfalls: [], frames: [], rejections: [] };
    const page = renderHtml(modelOf({ ...rows, problems: ['there is no Chromium on this machine'] }), assets);
    expect(page).toContain('No page was seen in a browser.');
    expect(page).toContain('there is no Chromium on this machine');
  });
});

describe('what hostile pages say stays text', () => {
  const page = renderHtml(modelOf(pagesSeen(hostile)), assets);
  const section = page.slice(
    page.indexOf('<section id="page-load"'),
    page.indexOf('<section id="generator"'),
  );

  it('in the report', () => {
    expect(section).toContain('&lt;/script&gt;&lt;img src=x');
    expect(section).not.toMatch(/<img src=x|<svg onload|\u202e/);
    expect(section.match(/<script/g)).toBeNull();
  });

  it('and no picture is anything but base64', () => {
    const frames = [{ ...pagesSeen().frames[0], pngBase64: 'x" onerror="alert(1)' }] as never;
    expect(modelOf({ ...pagesSeen(), frames }).pages?.films).toEqual([]);
  });
});
