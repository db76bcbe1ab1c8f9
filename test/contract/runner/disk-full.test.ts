import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import { rehearse } from '../../../runner/rehearse.ts';
import type { LiveSnapshot } from '../../../runner/types.ts';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { openBreakable } from '../../fixtures/faults/breakable.ts';
import { plannedFault } from '../../fixtures/faults/driver.ts';
import { drillRequest } from '../../fixtures/faults/request.ts';

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

it('a disk that fills up ends the run with its error and that of its faults, and what was written can be judged', async () => {
  const system = await openBreakable();
  const runs = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  const run = join(runs, 'run');
  const live = {
    note() {},
    snapshot: ({ second }: LiveSnapshot) => {
      disk.isFull = second >= 3;
      if (disk.isFull) system.control = 503;
    },
    close() {},
  };
  const request = await drillRequest(system, run, 60, [plannedFault('kiosk-errors', 1, 50)], { live });
  const error = await rehearse(request).catch((thrown: unknown) => thrown);
  disk.isFull = false;
  expect(error).toBeInstanceOf(PeakproofError);
  expect((error as PeakproofError).problems).toMatchObject([
    { code: 'FAULT_NOT_ROLLED_BACK' },
    { code: 'DISK_FULL' },
  ]);
  expect(evaluateRun(run).verdict.partial[0]).toMatch(/^the run was killed after [1-9]/);
  await system.close();
  rmSync(runs, { recursive: true });
});
