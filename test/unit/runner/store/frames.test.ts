import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame, type Frame, headerBytes } from '../../../../runner/store/frames.ts';
import { type LogDamage, readFrames } from '../../../../runner/store/read-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const first = encodeFrame({ kind: 'json', payload: Buffer.from('{"type":"note"}') });
const second = encodeFrame({ kind: 'points', payload: Buffer.from([1, 2, 3]) });
const third = encodeFrame({ kind: 'points', payload: Buffer.alloc(0) });
const whole = Buffer.concat([first, second, third]);

function read(bytes: Uint8Array): { frames: Frame[]; damage: LogDamage | undefined } {
  const path = join(folder, 'measurements.log');
  writeFileSync(path, bytes);
  const reading = readFrames(path);
  const frames: Frame[] = [];
  for (;;) {
    const next = reading.next();
    if (next.done) return { frames, damage: next.value };
    frames.push(next.value);
  }
}

describe('measurements.log', () => {
  it('gives back every frame, the empty one too', () => {
    const { frames, damage } = read(whole);
    expect(damage).toBeUndefined();
    expect(frames.map(({ kind, payload }) => [kind, [...payload]])).toEqual([
      ['json', [...Buffer.from('{"type":"note"}')]],
      ['points', [1, 2, 3]],
      ['points', []],
    ]);
  });

  it('is read up to the last whole frame wherever it was cut off', () => {
    const ends = [0, first.length, first.length + second.length, whole.length];
    for (let length = 0; length < whole.length; length++) {
      const { frames, damage } = read(whole.subarray(0, length));
      const good = ends.filter((end) => end <= length).length - 1;
      expect(frames).toHaveLength(good);
      const expected = { kind: 'truncated', goodBytes: ends[good], totalBytes: length };
      expect(damage).toEqual(ends.includes(length) ? undefined : expected);
    }
  });

  it('is read up to the frame in which any one bit was altered', () => {
    for (let position = 0; position < second.length; position++) {
      const altered = Buffer.from(whole);
      const at = first.length + position;
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      const { frames, damage } = read(altered);
      expect(frames).toHaveLength(1);
      expect(damage?.goodBytes).toBe(first.length);
    }
  });

  it('does not believe a length of 1 GB', () => {
    const liar = Buffer.from(whole);
    liar.writeUInt32BE(1024 ** 3, first.length + 8);
    expect(read(liar).damage).toMatchObject({ kind: 'altered', goodBytes: first.length });
  });

  it('has headers of a fixed size', () => {
    expect(encodeFrame({ kind: 'json', payload: Buffer.alloc(0) })).toHaveLength(headerBytes);
  });
});
