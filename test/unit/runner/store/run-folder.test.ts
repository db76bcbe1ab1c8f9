import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEvent, type RunEvent } from '../../../../runner/collect/events.ts';
import type { Frame } from '../../../../runner/store/frames.ts';
import { formatVersion } from '../../../../runner/store/layout.ts';
import { readLedger } from '../../../../runner/store/ledger.ts';
import type { Manifest, RunInputs } from '../../../../runner/store/manifest.ts';
import { checkPlace } from '../../../../runner/store/place.ts';
import { readRunFolder } from '../../../../runner/store/read-run.ts';
import { openRunFolder } from '../../../../runner/store/run-folder.ts';
import { writeProblem } from '../../../../runner/store/write.ts';
import { catalog, kioskPlan, policy } from '../../../fixtures/kiosk/request.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const manifest: Manifest = {
  formatVersion,
  id: 'run',
  peakproof: '0.0.0',
  suite: 'kiosk',
  profile: 'short',
  target: 'street',
  seed: 7,
  command: 'peakproof rehearse --header open-sesame',
  createdAtMs: 0,
  toolVersions: {},
  host: { platform: 'test', cores: 1, memoryMb: 1 },
  source: {},
  scenarios: {},
};
const inputs: RunInputs = {
  plan: kioskPlan('http://127.0.0.1:1', 3),
  objectives: [],
  policy,
  suite: { name: 'kiosk', title: 'A kiosk', catalog, promises: [] },
  history: [],
};
const clean = (text: string): string => text.replaceAll('open-sesame', '***');
const open = (name = 'run') => openRunFolder(join(folder, name), manifest, inputs, clean);

describe('a run folder', () => {
  it('gives back what was decided and recorded', () => {
    const run = open();
    run.appendEvent({ type: 'note', atMs: 1, text: 'hello' });
    run.append('points', Buffer.from([1]));
    run.appendLedger('{"kind":"sale","atMs":5}');
    run.close();
    const saved = readRunFolder(run.path);
    expect(saved).toMatchObject({ ...inputs, manifest: { seed: 7 }, summary: undefined });
    const frames: Frame[] = [];
    expect(saved.replay((frame) => frames.push(frame))).toBeUndefined();
    expect(frames.map((frame) => frame.kind)).toEqual(['json', 'json', 'points']);
    expect([...readLedger(run.path)]).toEqual([{ kind: 'sale', atMs: 5 }]);
  });

  it('holds no secret, wherever one comes from', () => {
    const run = open();
    run.appendEvent({ type: 'gap', atMs: 1, reason: 'open-sesame was refused' });
    const failures = [{ index: 0, cause: 'open-sesame is no header' }];
    run.appendEvent({ type: 'probes', atMs: 1, latenciesMs: [null], failures });
    run.appendLedger('{"kind":"sale","atMs":5,"key":"open-sesame"}');
    run.appendEngineLog('warning: open-sesame');
    run.close();
    for (const name of ['run.json', 'measurements.log', 'ledger.log', 'k6.log']) {
      const text = readFileSync(run.file(name), 'latin1');
      expect(text).toContain('***');
      expect(text).not.toContain('open-sesame');
    }
  });

  it('cleans texts from outside only: a secret that is an ordinary word breaks no record', () => {
    const run = openRunFolder(join(folder, 'run'), manifest, inputs, (text) =>
      text.replaceAll('probe', '***'),
    );
    const event: RunEvent = { type: 'probe-schedule', services: ['probe'], offsetsMs: [0] };
    const frame = run.appendEvent(event);
    run.close();
    expect(parseEvent(frame.payload)).toEqual(event);
  });

  it('takes the place of an earlier run, and of nothing else', () => {
    open().close();
    writeFileSync(join(folder, 'run', 'report.html'), 'old');
    open().close();
    expect(existsSync(join(folder, 'run', 'report.html'))).toBe(false);
    writeFileSync(join(folder, 'run', 'thesis.doc'), 'mine');
    expect(() => open()).toThrow('RUN_FOLDER_NOT_EMPTY');
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'report.html'), 'of somebody else');
    expect(() => open('other')).toThrow('RUN_FOLDER_NOT_EMPTY');
    expect(existsSync(join(folder, 'other', 'report.html'))).toBe(true);
  });

  it('says so where it cannot be made', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => open('file/run')).toThrow('RUN_FOLDER_NOT_WRITABLE');
  });

  it('tells a full disk from one that may not be written', () => {
    const failure = (code: string) => writeProblem('x', Object.assign(new Error('no'), { code })).code;
    expect(failure('ENOSPC')).toBe('DISK_FULL');
    expect(failure('EDQUOT')).toBe('DISK_FULL');
    expect(failure('EROFS')).toBe('RUN_FOLDER_NOT_WRITABLE');
  });

  it('keeps a flood of log lines from filling the disk', () => {
    const run = open();
    const line = 'warning: Request Failed '.repeat(400);
    for (let count = 0; count < 1000; count++) run.appendEngineLog(line);
    run.close();
    const log = readFileSync(run.file('k6.log'), 'utf8');
    expect(log.length).toBeLessThan(1.1 * 1024 * 1024);
    expect(log.trimEnd().endsWith('the rest was not kept')).toBe(true);
  });
});

describe('the check of a place', () => {
  const check = (name: string) => checkPlace(join(folder, name));

  it('makes nothing, and removes nothing', () => {
    check('a/b/c');
    expect(existsSync(join(folder, 'a'))).toBe(false);
    open().close();
    const before = readdirSync(join(folder, 'run'));
    check('run');
    expect(readdirSync(join(folder, 'run'))).toEqual(before);
  });

  it('refuses what opening would refuse', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => check('file/run')).toThrow('RUN_FOLDER_NOT_WRITABLE');
    expect(() => check('file')).toThrow('RUN_FOLDER_NOT_WRITABLE');
    expect(() => check('.')).toThrow('RUN_FOLDER_NOT_EMPTY');
    expect(() => checkPlace('/proc/run')).toThrow('RUN_FOLDER_NOT_WRITABLE');
  });
});

describe('reading a run folder', () => {
  it('refuses what is none', () => {
    expect(() => readRunFolder(folder)).toThrow('RUN_NOT_FOUND');
  });

  it('refuses a format of another time', () => {
    open().close();
    writeFileSync(join(folder, 'run', 'run.json'), JSON.stringify({ ...manifest, formatVersion: 99 }));
    expect(() => readRunFolder(join(folder, 'run'))).toThrow('RUN_FORMAT_UNKNOWN');
  });

  it.each(['plan.json', 'objectives.json', 'policy.json', 'suite.json'])('notices an altered %s', (name) => {
    const run = open();
    run.close();
    writeFileSync(run.file(name), `${readFileSync(run.file(name), 'utf8')} `);
    expect(() => readRunFolder(run.path)).toThrow(`RUN_ALTERED: ${name}`);
  });

  it('notices a missing input', () => {
    const run = open();
    run.close();
    rmSync(run.file('plan.json'));
    expect(() => readRunFolder(run.path)).toThrow('RUN_ALTERED: plan.json');
  });

  it('takes a summary that was cut off for none', () => {
    const run = open();
    run.close();
    writeFileSync(run.file('summary.json'), '{"metrics":{"http_re');
    expect(readRunFolder(run.path).summary).toBeUndefined();
  });
});
