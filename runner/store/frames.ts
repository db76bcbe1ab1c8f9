/**
 * The framing of measurements.log. A frame is a header of 16 bytes and a payload:
 *
 *     0  magic "PPF1"   4  kind   8  payload length   12  CRC-32 of the payload followed by bytes 0 to 11
 *
 * (unsigned 32-bit, big-endian). A log that was cut off or altered is readable up to its last whole frame.
 */
import { crc32 } from 'node:zlib';

const magic = 0x50504631;
const checkedBytes = 12;
export const headerBytes = 16;
/** More than any frame we write; a larger claim is damage, not data. */
const maxPayloadBytes = 64 * 1024 * 1024;

const kindNumbers = { json: 2, points: 3 } as const;
export type FrameKind = keyof typeof kindNumbers;
const kinds = Object.keys(kindNumbers) as FrameKind[];

export interface Frame {
  readonly kind: FrameKind;
  /** `points`: one export of the generator (point-frames.ts); `json`: one RunEvent. */
  readonly payload: Uint8Array;
}

export interface FrameHeader {
  readonly kind: FrameKind;
  /** Of the whole frame. */
  readonly bytes: number;
}

/** A frame's bytes, ready to be appended in one write. */
export function encodeFrame({ kind, payload }: Frame): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes + payload.length);
  frame.writeUInt32BE(magic, 0);
  frame.writeUInt32BE(kindNumbers[kind], 4);
  frame.writeUInt32BE(payload.length, 8);
  frame.set(payload, headerBytes);
  frame.writeUInt32BE(checksumOf(frame.subarray(0, checkedBytes), payload), checkedBytes);
  return frame;
}

/** Reads a header; undefined if these bytes cannot be one. */
export function decodeHeader(bytes: Buffer): FrameHeader | undefined {
  const number = bytes.readUInt32BE(4);
  const kind = kinds.find((name) => kindNumbers[name] === number);
  const length = bytes.readUInt32BE(8);
  if (bytes.readUInt32BE(0) !== magic || kind === undefined || length > maxPayloadBytes) return undefined;
  return { kind, bytes: headerBytes + length };
}

/** The frame in these bytes, header and all; undefined if they are not what was written. */
export function decodeFrame({ kind }: FrameHeader, bytes: Buffer): Frame | undefined {
  const payload = bytes.subarray(headerBytes);
  const checksum = bytes.readUInt32BE(checkedBytes);
  return checksumOf(bytes.subarray(0, checkedBytes), payload) === checksum ? { kind, payload } : undefined;
}

function checksumOf(checked: Uint8Array, payload: Uint8Array): number {
  // Not the other way round: Node's crc32 may forget its start value over an empty payload.
  return crc32(checked, crc32(payload));
}
