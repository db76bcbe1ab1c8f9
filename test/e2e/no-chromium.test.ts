import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { ObjectiveDocument } from '../../reports/verdict-document.ts';
import { peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

it('a rehearsal goes on without Chromium, and page-load objectives say why they are open', async () => {
  const run = join(folder.path, 'without');
  const ended = await peakproof(['rehearse', '--profile', 'smoke', '--duration', '8s', '--out', run], {
    env: { PEAKPROOF_CHROMIUM: '/nowhere/chromium' },
  });
  const verdict = JSON.parse(readFileSync(join(run, 'verdict.json'), 'utf8'));
  const pageLoad = (verdict.objectives as ObjectiveDocument[]).find(({ id }) => id === 'page-load');
  expect(pageLoad).toMatchObject({
    answer: 'inconclusive',
    reason: expect.stringContaining('PEAKPROOF_CHROMIUM names /nowhere/chromium, which is no program'),
  });
  expect(pageLoad).not.toHaveProperty('dataMissing');
  expect([0, 3], ended.stderr).toContain(ended.code);
});
