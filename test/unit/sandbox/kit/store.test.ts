import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atRest } from '../../../../sandbox/kit/conditions.ts';
import { DurableLog, forgetAfter, recordsOf } from '../../../../sandbox/kit/durable-log.ts';
import { type StateOf, Store } from '../../../../sandbox/kit/store.ts';
import { OrderBook } from '../../../../sandbox/order-book.ts';

interface Put {
  readonly key: string;
  readonly value: number;
}

const values: StateOf<Map<string, number>, Put> = {
  create: () => new Map(),
  apply: (state, { key, value }) => state.set(key, value),
};

let folder: string;
let path: string;
const opened: DurableLog[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-store-'));
  path = join(folder, 'values.jsonl');
});

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(opened.splice(0).map((log) => log.close()));
  rmSync(folder, { recursive: true });
});

const open = async (options: { readonly writeBehindMs?: number } = {}, conditions = atRest()) => {
  const log = await DurableLog.open(path, { synced: false, conditions, ...options });
  opened.push(log);
  return Store.open(log, values);
};

test('what was appended is there again when the store is opened again', async () => {
  const store = await open();
  await store.append({ key: 'a', value: 1 });
  await store.append({ key: 'a', value: 2 });
  expect([...(await open()).state]).toEqual([['a', 2]]);
});

test('a record that a crash cut off is dropped, and the next one stands on a line of its own', async () => {
  await (await open()).append({ key: 'a', value: 1 });
  appendFileSync(path, '{"key":"b","val');
  await (await open()).append({ key: 'c', value: 3 });
  expect([...(await open()).state]).toEqual([
    ['a', 1],
    ['c', 3],
  ]);
});

test('a full disk refuses a record without any effect, and takes the next one when there is room', async () => {
  const conditions = atRest();
  const store = await open({}, conditions);
  conditions.diskFull = true;
  await expect(store.append({ key: 'a', value: 1 })).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(store.state.size).toBe(0);
  conditions.diskFull = false;
  await store.append({ key: 'a', value: 2 });
  expect((await open()).state.get('a')).toBe(2);
});

test('a note counts at once, and is written with the next record', async () => {
  const store = await open();
  store.note({ key: 'noted', value: 1 });
  expect(store.state.get('noted')).toBe(1);
  expect(readFileSync(path, 'utf8')).toBe('');
  await store.append({ key: 'appended', value: 2 });
  expect((await recordsOf<Put>(path)).map(({ key }) => key)).toEqual(['noted', 'appended']);
});

test('written behind, a record counts before it is on disk', async () => {
  const store = await open({ writeBehindMs: 20 });
  await store.append({ key: 'a', value: 1 });
  expect([store.state.get('a'), readFileSync(path, 'utf8')]).toEqual([1, '']);
  await vi.waitFor(() => expect(readFileSync(path, 'utf8')).toContain('"a"'));
});

test('a copy that lags has what is old enough, gets the rest when it is, and is gone when it has caught up', async () => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date', 'setTimeout'] });
  const store = await open();
  await store.append({ key: 'old', value: 1 });
  vi.advanceTimersByTime(5_000);
  await store.append({ key: 'young', value: 2 });
  vi.advanceTimersByTime(1_000);
  await store.fallBehind(3_000);
  await store.append({ key: 'new', value: 3 });
  expect([...store.readable.keys()]).toEqual(['old']);
  expect([...store.state.keys()]).toEqual(['old', 'young', 'new']);
  expect(store.lagMs).toBe(3_000);
  vi.advanceTimersByTime(2_000);
  expect([...store.readable.keys()]).toEqual(['old', 'young']);
  vi.advanceTimersByTime(1_000);
  expect([...store.readable.keys()]).toEqual(['old', 'young', 'new']);
  store.catchUp();
  expect(store.readable).toBe(store.state);
  expect(store.lagMs).toBe(0);
});

test('the order book names the acknowledged orders that the ledger has not, and when they were acknowledged', async () => {
  const book = new OrderBook(path);
  for (const [id, atMs] of [
    ['a', 10],
    ['b', 20],
    ['c', 30],
  ] as const) {
    appendFileSync(path, `${JSON.stringify({ event: 'placed', id, atMs })}\n`);
    book.acknowledge(id, atMs);
  }
  await book.countLost();
  expect(book.facts()).toEqual({ acknowledged: 3, lost: [], lostFromMs: null, lostToMs: null });
  await forgetAfter(path, 10);
  await book.countLost();
  expect(book.facts()).toEqual({ acknowledged: 3, lost: ['b', 'c'], lostFromMs: 20, lostToMs: 30 });
  book.acknowledge('b', 40);
  expect(book.facts()).toMatchObject({ lost: ['c'] });
});
