import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLedger, readLedgerLines } from '../../../../runner/store/ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'peakproof-ledger-'));
afterAll(() => rmSync(folder, { recursive: true }));

function ledger(text: string | Buffer): string {
  writeFileSync(join(folder, 'ledger.log'), text);
  return folder;
}

const sale = (key: string): string => JSON.stringify({ kind: 'sale', atMs: 5, key });

describe('the ledger of a run', () => {
  it('is empty where there is none', () => {
    expect([...readLedgerLines(join(folder, 'nowhere'))]).toEqual([]);
  });

  it('is read line by line, also over the edges of what is read at a time', () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `${'ü'.repeat(index % 70)}${index}`);
    const path = ledger(keys.map((key) => `${sale(key)}\n`).join(''));
    expect(Array.from(readLedger(path), ({ key }) => key)).toEqual(keys);
  });

  it('is the same each time it is asked for', () => {
    const lines = readLedger(ledger(`${sale('a')}\n${sale('b')}\n`));
    const [first] = lines;
    expect(first).toMatchObject({ key: 'a' });
    expect([...lines]).toHaveLength(2);
  });

  it('says of each line that is no entry what is wrong, and leaves out empty ones', () => {
    const path = ledger(`${sale('a')}\n\nnoise\n{"kind":"sale"}\n`);
    expect([...readLedgerLines(path)]).toMatchObject([
      { key: 'a' },
      { broken: 'a line that is no JSON object' },
      { broken: 'a line without its time', kind: 'sale' },
    ]);
    expect([...readLedger(path)]).toHaveLength(1);
  });

  it.each([sale('b').slice(0, 20), sale('b')])('does not trust a last line without its end: %s', (last) => {
    const lines = [...readLedgerLines(ledger(`${sale('a')}\n${last}`))];
    expect(lines).toMatchObject([{ key: 'a' }, { broken: 'a last line that was cut off' }]);
  });

  it('does not read a file without line ends into memory, and goes on after it', () => {
    const endless = Buffer.alloc(300_000, 'x');
    const path = ledger(Buffer.concat([endless, Buffer.from(`\n${sale('a')}\n`), endless]));
    expect([...readLedgerLines(path)]).toMatchObject([
      { broken: 'a line longer than any entry' },
      { key: 'a' },
      { broken: 'a last line that was cut off' },
    ]);
  });
});
