/** Whoever changes a run changes something that does not fit any more. */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import { formatVersion } from '../../../runner/store/layout.ts';
import { readReportAssets } from '../../../runner/store/report-assets.ts';
import { writeReports } from '../../../runner/store/write-reports.ts';
import { verifyRun } from '../../../runner/verify.ts';
import { writeSavedRun } from '../../fixtures/saved-run.ts';

let folder: string;
let original: string;
let run: string;
let runs = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  original = writeSavedRun(join(folder, 'original'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  runs += 1;
  run = join(folder, `run-${runs}`);
  cpSync(original, run, { recursive: true });
});

const read = (name: string): string => readFileSync(join(run, name), 'utf8');

function replace(name: string, pattern: string | RegExp, by: string): void {
  const text = read(name);
  const changed = text.replace(pattern, by);
  expect(changed, `nothing to replace in ${name}`).not.toBe(text);
  writeFileSync(join(run, name), changed);
}

function flipByte(name: string, at: number): void {
  const bytes = readFileSync(join(run, name));
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(join(run, name), bytes);
}

function findings(): string[] {
  const { checks, holds } = verifyRun(run);
  const open = checks.filter(({ state }) => state !== 'fine');
  expect(holds).toBe(open.length === 0);
  return open.map(({ what, state }) => `${state}: ${what}`);
}

const allReports = ['verdict.json', 'report.html', 'junit.xml', 'summary.md'];

describe('a run', () => {
  it('that nobody touched holds, wherever it is copied to', () => {
    expect(findings()).toEqual([]);
    expect(verifyRun(run).checks).toHaveLength(12);
  });

  it('that was killed within a frame holds, if the verdict is about just that', () => {
    const log = join(run, 'measurements.log');
    truncateSync(log, statSync(log).size - 1);
    for (const name of allReports) rmSync(join(run, name));
    writeReports(run, evaluateRun(run).model, readReportAssets());
    expect(findings()).toEqual([]);
    const { found } = verifyRun(run).checks.find(({ what }) => what.includes('every frame')) ?? {};
    expect(found).toMatch(/^cut off after [\d,]+ of [\d,]+ bytes, as the verdict says$/);
  });

  it('without reports lacks them', () => {
    for (const name of allReports) rmSync(join(run, name));
    expect(findings()).toEqual([
      'wrong: verdict.json, its list of evidence',
      ...allReports.map((name) => `missing: ${name}, from the measurements`),
    ]);
  });

  it('that is none, or of another format, is an error of its own', () => {
    expect(() => verifyRun(folder)).toThrow('RUN_NOT_FOUND');
    replace('run.json', /"formatVersion": \d+/, '"formatVersion": 99');
    expect(() => verifyRun(run)).toThrow('RUN_FORMAT_UNKNOWN');
  });
});

describe('what was changed is found', () => {
  it.each([20, 200, 3000])('byte %d of the log', (at) => {
    flipByte('measurements.log', at);
    expect(findings()).toContain('wrong: measurements.log, every frame');
    expect(findings()).toContain('wrong: verdict.json, its list of evidence');
  });

  it('a log that was cut off', () => {
    truncateSync(join(run, 'measurements.log'), 2000);
    expect(findings()).toEqual([
      'wrong: measurements.log, every frame',
      'wrong: verdict.json, its list of evidence',
      ...allReports.map((name) => `wrong: ${name}, from the measurements`),
    ]);
  });

  it('a log that is gone', () => {
    rmSync(join(run, 'measurements.log'));
    expect(findings()).toContain('missing: measurements.log, every frame');
  });

  it('a figure in verdict.json', () => {
    replace('verdict.json', /"bad": \d+/, '"bad": 0');
    expect(findings()).toEqual(['wrong: verdict.json, from the measurements']);
  });

  it('a checksum in verdict.json', () => {
    replace('verdict.json', /"measurements": "../, '"measurements": "00');
    expect(findings()).toEqual([
      'wrong: verdict.json, its list of evidence',
      'wrong: verdict.json, from the measurements',
    ]);
  });

  it.each(['[]', 'null', '{"evidence":{"sha256":7}}', '{'])('a verdict.json that is %s', (text) => {
    writeFileSync(join(run, 'verdict.json'), text);
    expect(findings()).toEqual([
      'wrong: verdict.json, its list of evidence',
      'wrong: verdict.json, from the measurements',
    ]);
  });

  it.each([
    ['report.html', 'A kiosk', 'A palace'],
    ['junit.xml', 'failures="', 'failures=" '],
    ['summary.md', '**', '__'],
  ])('a sentence of %s', (name, from, to) => {
    replace(name, from, to);
    expect(findings()).toEqual([`wrong: ${name}, from the measurements`]);
  });

  it.each([
    ['policy.json', '"hold"', '"tolerate"'],
    ['plan.json', '"seed": 7', '"seed": 8'],
    ['objectives.json', '0.9', '0.1'],
    ['suite.json', 'A kiosk', 'A palace'],
    ['history.json', '[]', '[ ]'],
    ['run.json', '"branch": "main"', '"branch": "mine"'],
  ])('%s', (name, from, to) => {
    replace(name, from, to);
    expect(findings()).toContain(`wrong: ${name}, as before the load`);
    expect(findings()).toContain('wrong: report.html, from the measurements');
  });

  it.each(['{', `{"formatVersion":${formatVersion}}`])('a run.json that is %s', (text) => {
    writeFileSync(join(run, 'run.json'), text);
    expect(findings()).toContain('wrong: run.json, as before the load');
    expect(findings()).toContain('wrong: verdict.json, its list of evidence');
  });

  it('what k6 counted itself', () => {
    replace('summary.json', '160', '161');
    expect(findings()).toContain('wrong: verdict.json, its list of evidence');
  });

  it('a report of another run', () => {
    const other = writeSavedRun(join(folder, 'other'));
    cpSync(join(other, 'report.html'), join(run, 'report.html'));
    expect(findings()).toEqual(['wrong: report.html, from the measurements']);
  });

  it('a whole log of another run, which begins with the checksums of its own files', () => {
    const other = writeSavedRun(join(folder, 'another'), { manifest: { seed: 8 } });
    cpSync(join(other, 'measurements.log'), join(run, 'measurements.log'));
    expect(findings()).toContain('wrong: run.json, as before the load');
  });
});

it('says where a report differs, and which version wrote it', () => {
  const old = writeSavedRun(join(folder, 'old'), { manifest: { peakproof: '0.0.1' } });
  run = old;
  expect(findings()).toEqual([]);
  replace('summary.md', '**', '__');
  const found = verifyRun(run).checks.find(({ state }) => state === 'wrong')?.found;
  expect(found).toMatch(/^differs from line \d+ on; peakproof 0\.0\.1 wrote it, this is /);
});
