/**
 * Strict reading of protobuf on top of pbf, which trusts its input: every field must have the wire type
 * its definition says, and every length must lie within the message around it. Garbage ends in a
 * WireError before anything of its claimed size is allocated.
 */
import type { PbfReader } from 'pbf';

export class WireError extends Error {
  override name = 'WireError';
}

const wireTypes = { varint: 0, fixed64: 1, bytes: 2 } as const;

function expect(pbf: PbfReader, type: keyof typeof wireTypes): void {
  if (pbf.type !== wireTypes[type]) throw new WireError(`expected ${type} at byte ${pbf.pos}`);
}

/** Reads the length of a delimited field and returns where it ends. */
function readEnd(pbf: PbfReader): number {
  expect(pbf, 'bytes');
  const length = pbf.readVarint();
  const end = pbf.pos + length;
  if (end > pbf.length) throw new WireError(`a length of ${length} at byte ${pbf.pos} exceeds the body`);
  return end;
}

type FieldReader<T> = (field: number, into: T, pbf: PbfReader) => void;

/** Reads the whole body as one message. */
export function readRoot<T>(pbf: PbfReader, read: FieldReader<T>, into: T): T {
  pbf.readFields(read, into);
  if (pbf.pos !== pbf.length) throw new WireError('the last field reaches beyond the body');
  return into;
}

/** Reads an embedded message, which must end exactly where its length says. */
export function readEmbedded<T>(pbf: PbfReader, read: FieldReader<T>, into: T): T {
  const end = readEnd(pbf);
  pbf.readFields(read, into, end);
  if (pbf.pos !== end) throw new WireError(`a field reaches beyond its message at byte ${end}`);
  return into;
}

export function readText(pbf: PbfReader, maxLength: number): string {
  const start = pbf.pos;
  const end = readEnd(pbf);
  if (end - pbf.pos > maxLength) throw new WireError(`a text is longer than ${maxLength} bytes`);
  pbf.pos = start;
  return pbf.readString();
}

export function readFloat64(pbf: PbfReader): number {
  expect(pbf, 'fixed64');
  return pbf.readDouble();
}

export function readUint64(pbf: PbfReader): number {
  expect(pbf, 'fixed64');
  return pbf.readFixed64();
}

export function readInt64(pbf: PbfReader): number {
  expect(pbf, 'fixed64');
  return pbf.readSFixed64();
}

export function readInteger(pbf: PbfReader): number {
  expect(pbf, 'varint');
  return pbf.readVarint(true);
}

export function readZigZag(pbf: PbfReader): number {
  expect(pbf, 'varint');
  return pbf.readSVarint();
}

/** Appends packed varints (or one unpacked) to `into`, at most `maxItems` in all. */
export function readVarints(pbf: PbfReader, into: number[], maxItems: number): void {
  const packed = pbf.type === wireTypes.bytes;
  const end = packed ? readEnd(pbf) : pbf.pos + 1;
  if (!packed) expect(pbf, 'varint');
  while (pbf.pos < end) {
    if (into.length >= maxItems) throw new WireError(`more than ${maxItems} buckets in one histogram`);
    into.push(pbf.readVarint());
  }
}
