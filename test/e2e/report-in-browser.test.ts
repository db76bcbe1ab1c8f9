import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import which from 'which';
import { renderHtml } from '../../reports/formats/html.ts';
import { present } from '../../reports/model.ts';
import { assets } from '../fixtures/report/assets.ts';
import { hostile } from '../fixtures/report/hostile.ts';
import { reportInput, type Variation } from '../fixtures/report-input.ts';
import { temporaryFolder } from './cli.ts';

const chromium = which.sync(process.env.PEAKPROOF_CHROMIUM ?? 'chromium', { nothrow: true });
const folder = temporaryFolder();
afterAll(folder.remove);

/** The report as written, and the page that became of it once its script ran. */
function open(name: string, variation: Variation): { written: string; page: string } {
  const file = join(folder.path, `${name}.html`);
  const written = renderHtml(present(reportInput(variation)), assets);
  writeFileSync(file, written);
  const page = execFileSync(
    chromium ?? '',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...[`--user-data-dir=${join(folder.path, `${name}-profile`)}`, '--virtual-time-budget=3000'],
      ...['--dump-dom', `file://${file}`],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return { written, page };
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

describe.skipIf(chromium === null)('the report in Chromium', () => {
  it('draws its charts under its own content policy', () => {
    const { page } = open('usual', {});
    const charts = page.match(/<div class="canvas"[^>]*>/g) ?? [];
    expect(charts.length).toBeGreaterThanOrEqual(3);
    expect(charts.filter((chart) => chart.includes('hidden'))).toEqual([]);
  });

  it('runs nothing that a system under test wrote into it', () => {
    const { written, page } = open('hostile', { title: hostile, trouble: { cause: hostile } });
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    for (const element of [/<img/g, /<svg/g, /<script/g]) {
      expect(count(page, element), `${element}`).toBe(count(written, element));
    }
  });
});
