/**
 * OTLP metrics (opentelemetry-proto v1, ExportMetricsServiceRequest) to plain values: only the fields
 * and only the metrics that a rehearsal needs, so that decoding costs little beside the load.
 */
import { PbfReader } from 'pbf';
import type { Histogram } from '../../../slo/measurements.ts';
import { coarsen } from './coarsen.ts';
import {
  readEmbedded,
  readFloat64,
  readInt64,
  readInteger,
  readRoot,
  readText,
  readUint64,
  readVarints,
  readZigZag,
  WireError,
} from './wire.ts';

export type Attributes = Readonly<Record<string, string>>;

interface PointBase {
  readonly attributes: Attributes;
  /** Interval that a delta covers, ms since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
}

export interface NumberPoint extends PointBase {
  readonly value: number;
}

export interface HistogramPoint extends PointBase {
  readonly histogram: Histogram;
}

export type Metric =
  | { readonly kind: 'gauge' | 'sum'; readonly name: string; readonly points: readonly NumberPoint[] }
  | { readonly kind: 'histogram'; readonly name: string; readonly points: readonly HistogramPoint[] };

/** Bounds on what one body may make us allocate; far above what k6 sends in a second. */
const limits = { points: 100_000, textBytes: 4096, buckets: 4096, scale: 24, octaves: 1100 } as const;

const nanosecondsPerMs = 1e6;
const deltaTemporality = 1;
const delimited = 2;
/** Fields of Metric that hold data. Explicit histograms (9) and summaries (11) are not what k6 is asked to send. */
const dataFields: Readonly<Record<number, Metric['kind']>> = { 5: 'gauge', 7: 'sum', 10: 'histogram' };

interface Decoding {
  readonly wanted: ReadonlySet<string>;
  readonly metrics: Metric[];
  points: number;
}

/**
 * Decodes one export request. Metrics whose name is not in `wanted` are skipped without being read.
 * @throws WireError on anything that is not OTLP metrics with delta temporality and exponential histograms.
 */
export function decodeMetrics(body: Uint8Array, wanted: ReadonlySet<string>): Metric[] {
  const decoding: Decoding = { wanted, metrics: [], points: 0 };
  try {
    readRoot(new PbfReader(body), readRequest, decoding);
  } catch (error) {
    if (error instanceof WireError) throw error;
    throw new WireError(error instanceof Error ? error.message : String(error));
  }
  return decoding.metrics;
}

function readRequest(field: number, into: Decoding, pbf: PbfReader): void {
  if (field === 1) readEmbedded(pbf, readResourceMetrics, into);
}

function readResourceMetrics(field: number, into: Decoding, pbf: PbfReader): void {
  if (field === 2) readEmbedded(pbf, readScopeMetrics, into);
}

function readScopeMetrics(field: number, into: Decoding, pbf: PbfReader): void {
  if (field === 2) readMetric(pbf, into);
}

interface MetricHead {
  name: string;
  kind?: Metric['kind'];
  dataAt: number;
}

/** Finds name and data first, whatever their order, and reads the data only of a wanted metric. */
function readMetric(pbf: PbfReader, into: Decoding): void {
  const head: MetricHead = readEmbedded(pbf, readMetricHead, { name: '', dataAt: 0 });
  const { name, kind } = head;
  if (kind === undefined || !into.wanted.has(name)) return;
  const after = pbf.pos;
  pbf.pos = head.dataAt;
  pbf.type = delimited;
  into.metrics.push(
    kind === 'histogram'
      ? { kind, name, points: readPoints(pbf, head, into, newHistogramPoint, readHistogramPoint).map(finish) }
      : { kind, name, points: readPoints(pbf, head, into, newNumberPoint, readNumberPoint) },
  );
  pbf.pos = after;
}

function readMetricHead(field: number, head: MetricHead, pbf: PbfReader): void {
  if (field === 1) head.name = readText(pbf, limits.textBytes);
  const kind = dataFields[field];
  if (kind === undefined) return;
  head.kind = kind;
  head.dataAt = pbf.pos;
}

/** The three data messages agree: points are field 1, temporality is field 2 (absent in a gauge). */
function readPoints<P>(
  pbf: PbfReader,
  { name, kind }: MetricHead,
  decoding: Decoding,
  create: () => P,
  read: (field: number, point: P, pbf: PbfReader) => void,
): P[] {
  const points: P[] = [];
  let temporality = 0;
  const readField = (field: number): void => {
    if (field === 2) temporality = readInteger(pbf);
    if (field !== 1) return;
    decoding.points += 1;
    if (decoding.points > limits.points) throw new WireError(`more than ${limits.points} data points`);
    points.push(readEmbedded(pbf, read, create()));
  };
  readEmbedded(pbf, readField, undefined);
  if (kind !== 'gauge' && points.length > 0 && temporality !== deltaTemporality) {
    throw new WireError(`${name} is not of delta temporality`);
  }
  return points;
}

interface OpenNumberPoint {
  attributes: Record<string, string>;
  startMs: number;
  endMs: number;
  value: number;
}

const newNumberPoint = (): OpenNumberPoint => ({ attributes: {}, startMs: 0, endMs: 0, value: 0 });

function readNumberPoint(field: number, point: OpenNumberPoint, pbf: PbfReader): void {
  if (field === 2) point.startMs = readUint64(pbf) / nanosecondsPerMs;
  else if (field === 3) point.endMs = readUint64(pbf) / nanosecondsPerMs;
  else if (field === 4) point.value = finite(readFloat64(pbf));
  else if (field === 6) point.value = readInt64(pbf);
  else if (field === 7) readAttribute(pbf, point.attributes);
}

interface OpenHistogramPoint {
  attributes: Record<string, string>;
  startMs: number;
  endMs: number;
  count: number;
  sum: number;
  scale: number;
  zeroCount: number;
  min: number;
  max: number;
  positive: { offset: number; buckets: number[] };
}

const newHistogramPoint = (): OpenHistogramPoint => ({
  attributes: {},
  startMs: 0,
  endMs: 0,
  count: 0,
  sum: 0,
  scale: 0,
  zeroCount: 0,
  min: 0,
  max: 0,
  positive: { offset: 0, buckets: [] },
});

function readHistogramPoint(field: number, point: OpenHistogramPoint, pbf: PbfReader): void {
  if (field === 1) readAttribute(pbf, point.attributes);
  else if (field === 2) point.startMs = readUint64(pbf) / nanosecondsPerMs;
  else if (field === 3) point.endMs = readUint64(pbf) / nanosecondsPerMs;
  else if (field === 4) point.count = readUint64(pbf);
  else if (field === 5) point.sum = finite(readFloat64(pbf));
  else if (field === 6) point.scale = readZigZag(pbf);
  else if (field === 7) point.zeroCount = readUint64(pbf);
  else if (field === 8) readEmbedded(pbf, readBuckets, point.positive);
  else if (field === 12) point.min = finite(readFloat64(pbf));
  else if (field === 13) point.max = finite(readFloat64(pbf));
}

function readBuckets(field: number, into: { offset: number; buckets: number[] }, pbf: PbfReader): void {
  if (field === 1) into.offset = readZigZag(pbf);
  else if (field === 2) readVarints(pbf, into.buckets, limits.buckets);
}

/** Response times are never negative, so that zero and positive buckets must hold every sample. */
function finish(point: OpenHistogramPoint): HistogramPoint {
  const { attributes, startMs, endMs, positive, ...figures } = point;
  const inBuckets = positive.buckets.reduce((sum, count) => sum + count, figures.zeroCount);
  if (inBuckets !== figures.count) throw new WireError('a histogram counts other than its buckets');
  const octaves = Math.abs(positive.offset) * 2 ** -figures.scale;
  if (Math.abs(figures.scale) > limits.scale || octaves > limits.octaves) {
    throw new WireError('a histogram of impossible scale or offset');
  }
  return { attributes, startMs, endMs, histogram: coarsen({ ...figures, ...positive }) };
}

function readAttribute(pbf: PbfReader, into: Record<string, string>): void {
  const pair = readEmbedded(pbf, readKeyValue, { key: '', value: '' });
  into[pair.key] = pair.value;
}

function readKeyValue(field: number, pair: { key: string; value: string }, pbf: PbfReader): void {
  if (field === 1) pair.key = readText(pbf, limits.textBytes);
  else if (field === 2) readEmbedded(pbf, readAnyValue, pair);
}

/** Attributes of k6 are text; booleans and numbers are kept as text, nested values are skipped unread. */
function readAnyValue(field: number, pair: { value: string }, pbf: PbfReader): void {
  if (field === 1) pair.value = readText(pbf, limits.textBytes);
  else if (field === 2) pair.value = readInteger(pbf) === 0 ? 'false' : 'true';
  else if (field === 3) pair.value = String(readInteger(pbf));
  else if (field === 4) pair.value = String(readFloat64(pbf));
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new WireError('a value that is not finite');
  return value;
}
