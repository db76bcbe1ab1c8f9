/**
 * The points of one export as measurements.log keeps them. k6 repeats every label in every data point; here a
 * label set is spelled out when it first appears and is a number from then on, so that a day-long run is read
 * in seconds:
 *
 *     end time (ms, double) · new label sets (count, then JSON texts) · numbers (count, then label, value)
 *     · histograms (count, then label, scale, zero count, sum, min, max, filled buckets)
 *
 * Integers are varints, signed ones zigzag. Nothing of a point is lost: a value that is no small integer is a double.
 * Buckets are written as distance from the one before (the first as its index) and count. The lowest bit of a label
 * says that the shorter form follows: a small integer, or a histogram of one value (scale, value, index).
 */
import { PbfReader, PbfWriter } from 'pbf';
import type { Histogram, SparseHistogram } from '../../slo/statistics/histogram-data.ts';
import { overflowAttribute } from './metric-names.ts';
import type { Attributes, Metric } from './otlp/decode.ts';

export interface Labels {
  readonly metric: string;
  readonly kind: Metric['kind'];
  readonly attributes: Attributes;
}

/** Writes exports; keeps the label sets that the log holds already. */
export class PointEncoder {
  readonly #ids = new Map<string, number>();

  encode(metrics: readonly Metric[]): Uint8Array {
    const added: string[] = [];
    const numbers = new PbfWriter();
    const histograms = new PbfWriter();
    let [numberCount, histogramCount, endMs] = [0, 0, 0];
    for (const { name: metric, kind, points } of metrics) {
      for (const point of points) {
        endMs = Math.max(endMs, point.endMs);
        const id = this.#idOf({ metric, kind, attributes: point.attributes }, added);
        if ('histogram' in point) {
          histogramCount += 1;
          writeHistogram(histograms, id, point.histogram);
        } else {
          numberCount += 1;
          writeNumber(numbers, id, point.value);
        }
      }
    }
    const frame = new PbfWriter();
    frame.writeDouble(endMs);
    frame.writeVarint(added.length);
    for (const text of added) frame.writeString(text);
    frame.writeVarint(numberCount);
    const parts = [frame.finish(), numbers.finish(), varint(histogramCount), histograms.finish()];
    return Buffer.concat(parts);
  }

  #idOf(labels: Labels, added: string[]): number {
    const text = JSON.stringify(labels);
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(text, id);
    added.push(text);
    return id;
  }
}

function varint(value: number): Uint8Array {
  const writer = new PbfWriter();
  writer.writeVarint(value);
  return writer.finish();
}

function writeNumber(pbf: PbfWriter, id: number, value: number): void {
  const isSmall = Number.isInteger(value) && value >= 0 && value < 2 ** 31 && !Object.is(value, -0);
  pbf.writeVarint(id * 2 + (isSmall ? 1 : 0));
  if (isSmall) pbf.writeVarint(value);
  else pbf.writeDouble(value);
}

function writeHistogram(pbf: PbfWriter, id: number, histogram: Histogram): void {
  const { scale, zeroCount, sum, min, max, offset } = histogram;
  const filled = histogram.buckets.flatMap((inBucket, n) => (inBucket > 0 ? [[offset + n, inBucket]] : []));
  const [first] = filled;
  const isOne = zeroCount === 0 && filled.length === 1 && first?.[1] === 1;
  const isSingle = isOne && sum === min && sum === max;
  pbf.writeVarint(id * 2 + (isSingle ? 1 : 0));
  pbf.writeSVarint(scale);
  if (isSingle) {
    pbf.writeDouble(sum);
    pbf.writeSVarint(first[0] as number);
    return;
  }
  pbf.writeVarint(zeroCount);
  for (const value of [sum, min, max]) pbf.writeDouble(value);
  pbf.writeVarint(filled.length);
  let last = 0;
  for (const [index = 0, inBucket = 0] of filled) {
    pbf.writeSVarint(index - last);
    pbf.writeVarint(inBucket);
    last = index;
  }
}

/** Takes the points of a frame, one by one. A histogram is only lent: the next one overwrites it. */
export interface PointSink {
  /** Told once for every label set, before its first point; ids count from 0. */
  labels(id: number, labels: Labels): void;
  number(id: number, value: number, endMs: number): void;
  histogram(id: number, histogram: SparseHistogram, endMs: number): void;
}

/** Reads frames in the order written. */
export class PointDecoder {
  #labelCount = 0;
  readonly #lent = {
    ...{ scale: 0, count: 0, zeroCount: 0, sum: 0, min: 0, max: 0 },
    ...{ filled: 0, indexes: [0], counts: [0] },
  };

  /** @throws RangeError if the frame is not one that PointEncoder wrote after the frames before it. */
  decode(frame: Uint8Array, sink: PointSink): void {
    const pbf = new PbfReader(frame);
    const endMs = pbf.readDouble();
    for (let left = pbf.readVarint(); left > 0; left--) {
      sink.labels(this.#labelCount++, JSON.parse(pbf.readString()) as Labels);
    }
    for (let left = pbf.readVarint(); left > 0; left--) {
      const tagged = pbf.readVarint();
      const value = tagged % 2 === 1 ? pbf.readVarint() : pbf.readDouble();
      sink.number(this.#known(tagged >>> 1), value, endMs);
    }
    for (let left = pbf.readVarint(); left > 0; left--) {
      const tagged = pbf.readVarint();
      const histogram = tagged % 2 === 1 ? this.#readSingle(pbf) : this.#readHistogram(pbf);
      sink.histogram(this.#known(tagged >>> 1), histogram, endMs);
    }
    if (pbf.pos !== frame.length) throw new RangeError('a frame of points does not end where it should');
  }

  #known(id: number): number {
    if (id >= this.#labelCount) throw new RangeError(`label set ${id} was never told`);
    return id;
  }

  #readSingle(pbf: PbfReader): SparseHistogram {
    const lent = this.#lent;
    lent.scale = pbf.readSVarint();
    lent.sum = lent.min = lent.max = pbf.readDouble();
    lent.zeroCount = 0;
    lent.count = lent.filled = lent.counts[0] = 1;
    lent.indexes[0] = pbf.readSVarint();
    return lent;
  }

  #readHistogram(pbf: PbfReader): SparseHistogram {
    const lent = this.#lent;
    lent.scale = pbf.readSVarint();
    lent.zeroCount = pbf.readVarint();
    lent.sum = pbf.readDouble();
    lent.min = pbf.readDouble();
    lent.max = pbf.readDouble();
    lent.filled = pbf.readVarint();
    let count = lent.zeroCount;
    let index = 0;
    for (let n = 0; n < lent.filled; n++) {
      index += pbf.readSVarint();
      const inBucket = pbf.readVarint();
      lent.indexes[n] = index;
      lent.counts[n] = inBucket;
      count += inBucket;
    }
    lent.count = count;
    return lent;
  }
}

/** The set that the OpenTelemetry SDK puts everything in that exceeds its limit. */
export function isOverflow({ attributes }: Labels): boolean {
  return attributes[overflowAttribute] === 'true';
}
