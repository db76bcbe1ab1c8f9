/** Real Chromium, the real Faro SDK, and a storefront that is slow for browsers alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ObjectiveDocument } from '../../reports/verdict-document.ts';
import { findChromium } from '../../runner/browser/chromium.ts';
import { peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const hasChromium = 'path' in (await findChromium(process.env));

async function rehearsal(name: string, args: readonly string[], env: Record<string, string> = {}) {
  const run = join(folder.path, name);
  const ended = await peakproof(['rehearse', '--profile', 'smoke', '--out', run, ...args], { env });
  const read = (file: string) => readFileSync(join(run, file), 'utf8');
  const { objectives } = JSON.parse(read('verdict.json')) as { objectives: ObjectiveDocument[] };
  return { ended, objectives, report: read('report.html') };
}

describe.skipIf(!hasChromium)('a storefront that is 2 s slower in browsers', () => {
  it('breaks the promised page load and nothing else, as browser and beacons agree', async () => {
    const slow = ['--duration', '30s', '--sandbox-impair', 'storefront:page-load=+2000ms'];
    const { ended, objectives, report } = await rehearsal('slow', slow);
    const pageLoad = objectives.find(({ id }) => id === 'page-load');
    expect(pageLoad?.mean?.low, ended.stderr).toBeGreaterThan(1500);
    // On a machine that is too busy for its generator the figures stand, and the answer is withdrawn.
    expect(pageLoad?.reason).toContain('where 1.5 s was promised');
    const failed = objectives.filter(({ answer }) => answer === 'fail').map(({ id }) => id);
    expect(failed).toEqual(ended.code === 99 ? ['page-load'] : []);
    expect([99, 3]).toContain(ended.code);
    expect(report).toMatch(/and its beacons \([^)]*\) agree\./);
    expect(report).toContain('data:image/png;base64,');
  });
});

describe('without Chromium', () => {
  it('the rehearsal goes on, and page-load objectives say why they are open', async () => {
    const { ended, objectives } = await rehearsal('without', ['--duration', '8s'], {
      PEAKPROOF_CHROMIUM: '/nowhere/chromium',
    });
    const pageLoad = objectives.find(({ id }) => id === 'page-load');
    expect(pageLoad).toMatchObject({
      answer: 'inconclusive',
      reason: expect.stringContaining('PEAKPROOF_CHROMIUM names /nowhere/chromium, which is no program'),
    });
    expect(pageLoad).not.toHaveProperty('dataMissing');
    expect([0, 3], ended.stderr).toContain(ended.code);
  });
});
