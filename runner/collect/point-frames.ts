/**
 * The points of one export as measurements.log keeps them. k6 repeats every label in every data point; here a
 * label set is spelled out when it first appears and is a number from then on, so that a day-long run is read
 * in seconds:
 *
 *     end time (ms, double) · new label sets (count, then JSON texts) · numbers (count, then label, value)
 *     · histograms (count, then label, scale, zero count, sum, min, max, offset, buckets)
 *
 * Integers are varints, signed ones zigzag. Nothing of a point is lost: a value that is no small integer is a double.
 */
import { PbfReader, PbfWriter } from 'pbf';
import type { Histogram } from '../../slo/measurements.ts';
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

/** The label's lowest bit says how the value is written. */
function writeNumber(pbf: PbfWriter, id: number, value: number): void {
  const isSmall = Number.isInteger(value) && value >= 0 && value < 2 ** 31 && !Object.is(value, -0);
  pbf.writeVarint(id * 2 + (isSmall ? 0 : 1));
  if (isSmall) pbf.writeVarint(value);
  else pbf.writeDouble(value);
}

function writeHistogram(pbf: PbfWriter, id: number, histogram: Histogram): void {
  pbf.writeVarint(id);
  pbf.writeSVarint(histogram.scale);
  pbf.writeVarint(histogram.zeroCount);
  pbf.writeDouble(histogram.sum);
  pbf.writeDouble(histogram.min);
  pbf.writeDouble(histogram.max);
  pbf.writeSVarint(histogram.offset);
  pbf.writeVarint(histogram.buckets.length);
  for (const count of histogram.buckets) pbf.writeVarint(count);
}

/** Takes the points of a frame, one by one. The histogram is only lent: its buckets are overwritten by the next. */
export interface PointSink {
  /** Told once for every label set, before its first point; ids count from 0. */
  labels(id: number, labels: Labels): void;
  number(id: number, value: number, endMs: number): void;
  histogram(id: number, histogram: Histogram, endMs: number): void;
}

/** Reads frames in the order written. */
export class PointDecoder {
  #labelCount = 0;
  readonly #lent = {
    scale: 0,
    count: 0,
    zeroCount: 0,
    sum: 0,
    min: 0,
    max: 0,
    offset: 0,
    buckets: [] as number[],
  };
  /** One to lend for each length, as making one longer or shorter costs more than all of the rest. */
  readonly #bucketsByLength: number[][] = [];

  /** @throws RangeError if the frame is not one that PointEncoder wrote after the frames before it. */
  decode(frame: Uint8Array, sink: PointSink): void {
    const pbf = new PbfReader(frame);
    const endMs = pbf.readDouble();
    for (let left = pbf.readVarint(); left > 0; left--) {
      sink.labels(this.#labelCount++, JSON.parse(pbf.readString()) as Labels);
    }
    for (let left = pbf.readVarint(); left > 0; left--) {
      const tagged = pbf.readVarint();
      const value = tagged % 2 === 0 ? pbf.readVarint() : pbf.readDouble();
      sink.number(this.#known(Math.floor(tagged / 2)), value, endMs);
    }
    for (let left = pbf.readVarint(); left > 0; left--) {
      sink.histogram(this.#known(pbf.readVarint()), this.#readHistogram(pbf), endMs);
    }
    if (pbf.pos !== frame.length) throw new RangeError('a frame of points does not end where it should');
  }

  #known(id: number): number {
    if (id >= this.#labelCount) throw new RangeError(`label set ${id} was never told`);
    return id;
  }

  #readHistogram(pbf: PbfReader): Histogram {
    const lent = this.#lent;
    lent.scale = pbf.readSVarint();
    lent.zeroCount = pbf.readVarint();
    lent.sum = pbf.readDouble();
    lent.min = pbf.readDouble();
    lent.max = pbf.readDouble();
    lent.offset = pbf.readSVarint();
    const length = pbf.readVarint();
    const buckets = this.#bucketsByLength[length] ?? new Array<number>(length).fill(0);
    this.#bucketsByLength[length] = buckets;
    let total = lent.zeroCount;
    for (let i = 0; i < length; i++) {
      const count = pbf.readVarint();
      buckets[i] = count;
      total += count;
    }
    lent.count = total;
    lent.buckets = buckets;
    return lent;
  }
}

/** The set that the OpenTelemetry SDK puts everything in that exceeds its limit. */
export function isOverflow({ attributes }: Labels): boolean {
  return attributes[overflowAttribute] === 'true';
}
