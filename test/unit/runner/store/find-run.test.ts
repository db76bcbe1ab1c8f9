import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLatestLike, findRun } from '../../../../runner/store/find-run.ts';

let runs: string;

beforeEach(() => {
  runs = realpathSync(mkdtempSync(join(tmpdir(), 'runs-')));
});

afterEach(() => rmSync(runs, { recursive: true }));

function write(name: string, manifest: object): string {
  mkdirSync(join(runs, name));
  const usual = { suite: 'shop', profile: 'smoke', target: 'sandbox' };
  writeFileSync(join(runs, name, 'run.json'), JSON.stringify({ ...usual, ...manifest }));
  return join(runs, name);
}

test('a run is found by its path, its name and its tag, and by latest', () => {
  const path = write('a', { createdAtMs: 1, tag: 'release-41' });
  symlinkSync('a', join(runs, 'latest'));
  for (const name of [path, 'a', 'release-41', 'latest']) expect(findRun(name, runs)).toBe(path);
});

test('a tag that was given twice means the last run', () => {
  write('z', { createdAtMs: 1, tag: 'main' });
  const last = write('a', { createdAtMs: 2, tag: 'main' });
  expect(findRun('main', runs)).toBe(last);
});

test('the usual baseline is the last run of the same suite, profile and target', () => {
  write('a', { createdAtMs: 1 });
  const last = write('b', { createdAtMs: 2 });
  write('c', { createdAtMs: 3, profile: 'ramp' });
  write('d', { createdAtMs: 4, target: 'staging' });
  write('e', { createdAtMs: 5, suite: 'cinema' });
  write('f', { createdAtMs: 6, side: 'candidate' });
  expect(findLatestLike({ suite: 'shop', profile: 'smoke', target: 'sandbox' }, runs)).toBe(last);
});

test('a folder that is no run, or cannot be read, is none', () => {
  mkdirSync(join(runs, 'empty'));
  mkdirSync(join(runs, 'broken'));
  writeFileSync(join(runs, 'broken', 'run.json'), '{');
  expect(() => findRun('main', runs)).toThrow('RUN_NOT_FOUND');
  const origin = { suite: 'shop', profile: 'smoke', target: 'sandbox' };
  expect(() => findLatestLike(origin, runs)).toThrow('holds no run of smoke on sandbox');
  expect(() => findLatestLike(origin, join(runs, 'missing'))).toThrow('RUN_NOT_FOUND');
});
