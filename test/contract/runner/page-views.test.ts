/** What a rehearsal keeps of its browser, whatever that prints: a program in k6's place says it. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { RunEvent } from '../../../runner/collect/events.ts';
import type { Recorder } from '../../../runner/collect/recorder.ts';
import { startPageViews } from '../../../runner/page-views.ts';
import type { RunFolder } from '../../../runner/store/run-folder.ts';
import type { RehearsalRequest } from '../../../runner/types.ts';
import { plan } from '../../unit/slo/fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'peakproof-page-views-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const view = (loadMs: number, device = 'phone') => ({
  ...{ kind: 'page-view', page: 'home', device, cache: 'cold', loadMs, resources: [] },
});

async function seen(...lines: readonly object[]): Promise<RunEvent[]> {
  const k6 = join(folder, 'k6');
  writeFileSync(
    k6,
    `#!/bin/sh\ncat <<'END'\n${lines.map((line) => `PEAKPROOF ${JSON.stringify(line)}`).join('\n')}\nEND\n`,
  );
  chmodSync(k6, 0o755);
  const events: RunEvent[] = [];
  const request = {
    plan: { ...plan, browsers: 1 },
    suite: { suite: { browserScript: 'pages.ts' }, root: folder },
    target: { allow: ['shop.test:443'] },
    pages: { port: 0, browser: { k6, chromium: '/usr/bin/chromium' } },
    live: { note: () => {} },
  };
  const recorder = { record: (event: RunEvent) => events.push(event), engineLine: () => {} };
  const stop = await startPageViews(
    request as unknown as RehearsalRequest,
    { file: (name: string) => join(folder, name) } as RunFolder,
    recorder as unknown as Recorder,
  );
  await stop();
  return events;
}

const reasons = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'browser-problem' ? [event.reason] : []));

it('is every load, and the way of each that was slower than those before', async () => {
  const events = await seen(view(900), view(700), view(1200), view(800, 'desktop'));
  const slow = events.flatMap((event) => (event.type === 'waterfall' ? [event.loadMs] : []));
  expect(slow).toEqual([900, 1200, 800]);
  const rows = events.flatMap((event) => (event.type === 'pages' ? event.rows : []));
  expect(rows.every(({ origin, metric }) => origin === 'browser' && metric === 'page-load')).toBe(true);
  expect(rows.reduce((sum, { histogram }) => sum + histogram.sum, 0)).toBe(3600);
  expect(reasons(events)).toEqual([]);
});

it('is no more pictures than a report has room for', async () => {
  const frame = { kind: 'frame', page: 'home', device: 'phone', milestone: 'loaded', atMs: 9 };
  const events = await seen(view(900), ...new Array(20).fill({ ...frame, pngBase64: 'aGk=' }));
  expect(events.filter(({ type }) => type === 'frame')).toHaveLength(16);
});

it('is why it saw less than planned, or nothing', async () => {
  const failure = (cause: string) => ({ kind: 'browser-failure', cause });
  expect(reasons(await seen(view(900), failure('no page'), failure('no picture')))).toEqual([
    '2 visits of the browser failed, first with: no page',
  ]);
  expect(reasons(await seen())).toEqual(['the browser started, and loaded no page: k6.log has what it said']);
});
