import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { HtmlAssets } from '../../reports/formats/html.ts';
import { packageRoot } from '../package.ts';

/** Reads what the HTML report carries inside itself: our style and script, and Chart.js. */
export function readReportAssets(): HtmlAssets {
  const chartJs = dirname(createRequire(import.meta.url).resolve('chart.js'));
  const own = join(packageRoot, 'reports', 'assets');
  return {
    chartJs: readFileSync(join(chartJs, 'chart.umd.min.js'), 'utf8'),
    style: readFileSync(join(own, 'report.css'), 'utf8'),
    script: readFileSync(join(own, 'report.js'), 'utf8'),
    sha256Base64: (text) => createHash('sha256').update(text).digest('base64'),
  };
}

/** The same for the page of a profile, which has a script and further rules of its own. */
export function readProfileAssets(): HtmlAssets {
  const report = readReportAssets();
  const own = (name: string) => readFileSync(join(packageRoot, 'reports', 'assets', name), 'utf8');
  return { ...report, style: `${report.style}\n${own('profile.css')}`, script: own('profile.js') };
}
