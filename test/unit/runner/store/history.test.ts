import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { comparableRuns } from '../../../../runner/comparable-runs.ts';
import { appendToHistory, readHistory } from '../../../../runner/store/history.ts';
import { importRuns } from '../../../../runner/store/import-runs.ts';
import { kioskPlan } from '../../../fixtures/kiosk/request.ts';
import { writeSavedRun } from '../../../fixtures/saved-run.ts';

let folder: string;
let runs: string;
let index: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  runs = join(folder, 'runs');
  mkdirSync(runs);
  index = join(runs, 'history.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, createdAtMs: number, where = runs) =>
  writeSavedRun(join(where, name), { manifest: { createdAtMs } });
const names = () => readHistory(runs).runs.map((run) => run.folder);
const lines = () => readFileSync(index, 'utf8').trimEnd().split('\n');

describe('the history', () => {
  it('of no folder, and of an empty one, is empty and makes nothing', () => {
    expect(readHistory(join(folder, 'nowhere'))).toEqual({ runs: [], unreadable: [], damagedLines: 0 });
    expect(names()).toEqual([]);
    expect(existsSync(index)).toBe(false);
  });

  it('is made from the run folders where there is no index, the oldest run first', () => {
    write('b', 2000);
    write('a', 3000);
    symlinkSync('a', join(runs, 'latest'));
    mkdirSync(join(runs, 'notes'));
    expect(names()).toEqual(['b', 'a']);
    expect(lines()).toHaveLength(2);
    expect(readHistory(runs).runs[0]).toMatchObject({
      id: 'b',
      createdAtMs: 2000,
      suite: 'kiosk',
      environment: 'street',
      branch: 'main',
      commit: 'c'.repeat(40),
      outcome: 'hold',
      promises: [{ id: 'queue', standing: 'inconclusive' }],
      objectives: [{ id: 'kiosk-latency', answer: 'inconclusive' }],
    });
  });

  it('keeps a run whose bad part is no whole number, as of time slices', () => {
    const verdict = join(write('a', 1000), 'verdict.json');
    const document = JSON.parse(readFileSync(verdict, 'utf8'));
    document.objectives[0].bad = 0.25;
    writeFileSync(verdict, JSON.stringify(document));
    const { runs: found, unreadable } = readHistory(runs);
    expect(unreadable).toEqual([]);
    expect(found[0]?.objectives[0]?.bad).toBe(0.25);
  });

  it('trusts its lines: a run whose folder is gone stays', () => {
    write('a', 1000);
    const [run] = readHistory(runs).runs;
    if (run === undefined) throw new Error('no run');
    rmSync(join(runs, 'a'), { recursive: true });
    write('b', 2000);
    appendToHistory(join(runs, 'b'), { ...run, id: 'from the line' });
    expect(readHistory(runs).runs.map(({ id }) => id)).toEqual(['a', 'from the line']);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -30)],
    ['not JSON', (text: string) => text.replace('{', '<')],
    ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
    ['without what it needs', (text: string) => text.replace('"outcome"', '"outcom"')],
    ['of impossible figures', (text: string) => text.replace(/"total":\d+/, '"total":-1')],
  ])('is made again from the folders where a line is %s', (_, damage) => {
    write('a', 1000);
    write('b', 2000);
    const before = readHistory(runs).runs;
    const [first = '', second] = lines();
    writeFileSync(index, `${damage(first)}\n${second}\n`);
    expect(readHistory(runs)).toEqual({ runs: before, unreadable: [], damagedLines: 1 });
    expect(readHistory(runs)).toEqual({ runs: before, unreadable: [], damagedLines: 0 });
  });

  it('tells of a line once that no folder can make up for', () => {
    write('a', 1000);
    readHistory(runs);
    appendFileSync(index, '{"cut of');
    expect([1, 2].map(() => readHistory(runs).damagedLines)).toEqual([1, 0]);
    expect(names()).toEqual(['a']);
  });

  it('reads every folder again when asked, and keeps what has none', () => {
    write('a', 1000);
    write('b', 2000);
    readHistory(runs);
    writeFileSync(index, readFileSync(index, 'utf8').replaceAll('"outcome":"hold"', '"outcome":"pass"'));
    rmSync(join(runs, 'b'), { recursive: true });
    expect(readHistory(runs).runs.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    expect(readHistory(runs, true).runs.map(({ outcome }) => outcome)).toEqual(['hold', 'pass']);
    expect(lines()).toHaveLength(2);
  });

  it('lists what it cannot read with the reason', () => {
    write('good', 1000);
    for (const name of ['old', 'killed', 'odd', 'broken']) write(name, 2000);
    const manifest = join(runs, 'old', 'run.json');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace(/"formatVersion": \d+/, '"formatVersion": 1'),
    );
    rmSync(join(runs, 'killed', 'verdict.json'));
    writeFileSync(join(runs, 'odd', 'verdict.json'), '{"version":7}');
    writeFileSync(join(runs, 'broken', 'run.json'), '{');
    const { unreadable } = readHistory(runs);
    expect(names()).toEqual(['good']);
    expect(Object.fromEntries(unreadable.map(({ folder, why }) => [folder, why]))).toEqual({
      old: expect.stringMatching(/is of format 1, this version reads \d/),
      killed: expect.stringContaining('no verdict yet'),
      odd: expect.stringContaining('not as this version writes it'),
      broken: expect.stringContaining('run.json is not as the run wrote it'),
    });
  });

  it('does without an index where something else has its place', () => {
    write('a', 1000);
    mkdirSync(index);
    expect(names()).toEqual(['a']);
  });

  it('holds the last line of a folder, whatever wrote it twice', () => {
    write('a', 1000);
    readHistory(runs);
    appendFileSync(index, readFileSync(index, 'utf8').replace('"outcome":"hold"', '"outcome":"fail"'));
    expect(readHistory(runs).runs.map(({ outcome }) => outcome)).toEqual(['fail']);
  });
});

it('prints nothing that a run from elsewhere could drive a terminal with', () => {
  writeSavedRun(join(runs, 'a'), {
    manifest: { source: { branch: 'ma\u001b[2Jin\n', commit: '\u202eabc' } },
  });
  expect(readHistory(runs).runs).toMatchObject([{ branch: 'ma [2Jin', commit: 'abc' }]);
});

describe('comparable runs', () => {
  it('are the last eight of the same kind, without what only the history keeps', () => {
    for (let time = 1; time <= 10; time += 1) write(`run-${time}`, time);
    writeSavedRun(join(runs, 'other'), { manifest: { createdAtMs: 20 } });
    const plan = kioskPlan('http://127.0.0.1:1', 3);
    const found = comparableRuns(runs, plan);
    expect(found.map(({ createdAtMs }) => createdAtMs)).toEqual([4, 5, 6, 7, 8, 9, 10, 20]);
    expect(found[0]).not.toHaveProperty('objectives');
    expect(found[0]).not.toHaveProperty('folder');
    expect(comparableRuns(runs, { ...plan, profile: 'long' })).toEqual([]);
  });
});

describe('importing runs', () => {
  it('copies every run below, with the files of a run alone, and lists it', () => {
    const artifacts = join(folder, 'artifacts');
    const run = write('one', 1000, join(artifacts, 'job-1', 'runs'));
    write('two', 2000, join(artifacts, 'job-2'));
    writeFileSync(join(run, 'id_rsa'), 'not ours');
    expect(importRuns([artifacts], runs).map(({ folder, isNew }) => [folder, isNew])).toEqual([
      ['one', true],
      ['two', true],
    ]);
    expect(names()).toEqual(['one', 'two']);
    expect(existsSync(join(runs, 'one', 'report.html'))).toBe(true);
    expect(existsSync(join(runs, 'one', 'id_rsa'))).toBe(false);
  });

  it('takes a run once, and gives another of the same name its own', () => {
    const first = write('same', 1000, join(folder, 'x'));
    const second = write('same', 2000, join(folder, 'y'));
    expect(importRuns([first, first, second], runs).map(({ folder }) => folder)).toEqual(['same', 'same-2']);
    expect(importRuns([second], runs)).toMatchObject([{ folder: 'same-2', isNew: false }]);
    expect(names()).toEqual(['same', 'same-2']);
  });

  it('cannot be led out of the folder by the name that a run gives itself', () => {
    const named = (id: string) => writeSavedRun(join(folder, `x${id.length}`), { manifest: { id } });
    expect(importRuns([named('../../escaped')], runs)).toMatchObject([{ folder: 'escaped' }]);
    expect(importRuns([named('..')], runs)).toMatchObject([{ folder: 'run' }]);
    expect(importRuns([named('\u001b[2Jold\n')], runs)).toMatchObject([{ folder: '2Jold-' }]);
    expect(names().sort()).toEqual(['2Jold-', 'escaped', 'run']);
  });

  it('says where there is no run, for each path, and copies nothing then', () => {
    const good = write('good', 1000, join(folder, 'x'));
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(() => importRuns([good, empty, join(folder, 'nowhere')], runs)).toThrow(
      /NO_RUNS: .*empty\nNO_RUNS: .*nowhere/,
    );
    expect(names()).toEqual([]);
  });

  it('leaves nothing behind where a file cannot be copied', () => {
    const run = write('bad', 1000, join(folder, 'x'));
    rmSync(join(run, 'report.html'));
    mkdirSync(join(run, 'report.html'));
    expect(() => importRuns([run], runs)).toThrow('RUN_FOLDER_NOT_WRITABLE');
    expect(names()).toEqual([]);
  });
});
