import { lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pointLatest, resolveRun } from '../../../../runner/store/latest.ts';

let runs: string;
beforeEach(() => {
  runs = realpathSync(mkdtempSync(join(tmpdir(), 'peakproof-test-')));
  for (const name of ['one', 'two']) mkdirSync(join(runs, name));
});
afterEach(() => rmSync(runs, { recursive: true }));

describe('latest', () => {
  it('follows the last run', () => {
    pointLatest(join(runs, 'one'));
    pointLatest(join(runs, 'two'));
    expect(resolveRun('latest', runs)).toBe(join(runs, 'two'));
  });

  it('is read where links are not allowed', () => {
    writeFileSync(join(runs, 'latest'), 'one\n');
    expect(resolveRun('latest', runs)).toBe(join(runs, 'one'));
    pointLatest(join(runs, 'two'));
    expect(resolveRun('latest', runs)).toBe(join(runs, 'two'));
  });

  it('leaves a folder of that name alone', () => {
    mkdirSync(join(runs, 'latest'));
    pointLatest(join(runs, 'one'));
    expect(lstatSync(join(runs, 'latest')).isDirectory()).toBe(true);
  });

  it('is not found before the first run', () => {
    expect(() => resolveRun('latest', runs)).toThrow('RUN_NOT_FOUND');
    expect(() => resolveRun(join(runs, 'three'))).toThrow('RUN_NOT_FOUND');
  });
});
