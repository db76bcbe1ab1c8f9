import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import { rehearse } from '../../../runner/rehearse.ts';
import type { LiveSnapshot } from '../../../runner/types.ts';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { kioskPlan, kioskRequest, openKiosk } from '../../fixtures/kiosk/request.ts';

const disk = vi.hoisted(() => ({ isFull: false }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  return {
    ...fs,
    writeSync: (file: number, bytes: Uint8Array, offset: number) => {
      if (disk.isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      return fs.writeSync(file, bytes, offset);
    },
  };
});

it('a disk that fills up ends the run with its error, and what was written can be judged', async () => {
  const kiosk = await openKiosk();
  const runs = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  const run = join(runs, 'run');
  const live = {
    note() {},
    snapshot: ({ second }: LiveSnapshot) => {
      disk.isFull = second >= 3;
    },
    close() {},
  };
  const request = await kioskRequest(kiosk, run, { plan: kioskPlan(kiosk.url, 60), live });
  const error = await rehearse(request).catch((thrown: unknown) => thrown);
  disk.isFull = false;
  expect(error).toBeInstanceOf(PeakproofError);
  expect((error as PeakproofError).problems).toMatchObject([{ code: 'DISK_FULL' }]);
  expect(evaluateRun(run).verdict.partial[0]).toMatch(/^the run was killed after [1-9]/);
  await kiosk.close();
  rmSync(runs, { recursive: true });
});
