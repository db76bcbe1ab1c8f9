import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FaultEvent } from '../../../../runner/faults/events.ts';
import { openJournal, readJournal } from '../../../../runner/store/journal.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  path = join(folder, 'faults.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const injected: FaultEvent = { atMs: 1, fault: 'payment-crash', driver: 'lever', step: 'injected' };

it('gives back the steps of faults, and leaves notes to people', () => {
  const journal = openJournal(path, []);
  journal.append({ atMs: 0, step: 'supervisor-started', text: 'process 7 holds 1 fault' });
  journal.append(injected);
  journal.append({ atMs: 2, step: 'action', fault: 'payment-crash', text: 'DELETE http://x → done' });
  journal.close();
  // The runner goes on where a supervisor was killed.
  const second = openJournal(path, []);
  second.append({ ...injected, step: 'rolled-back' });
  second.close();
  expect(readJournal(folder)).toEqual({
    events: [injected, { ...injected, step: 'rolled-back' }],
    unreadable: 0,
  });
});

it('counts lines that are none of its own, and reads the others', () => {
  const journal = openJournal(path, []);
  journal.append(injected);
  journal.close();
  const strange = ['null', '{"step":"steady"}', '{"atMs":1,"step":"steady"}', 'garbage', '{"atMs":3,"ste'];
  appendFileSync(path, strange.join('\n'));
  expect(readJournal(folder)).toEqual({ events: [injected], unreadable: 5 });
});

it('writes no secret', () => {
  const journal = openJournal(path, ['hush-hush']);
  journal.append({ ...injected, step: 'problem', text: 'GET http://x?key=hush-hush' });
  journal.close();
  expect(readFileSync(path, 'utf8')).toContain('GET http://x?key=***');
});

it('is empty where nothing was broken', () => {
  expect(readJournal(folder)).toEqual({ events: [], unreadable: 0 });
});
