import { describe, expect, it } from 'vitest';
import { metricNames, wantedMetrics } from '../../../../runner/collect/metric-names.ts';
import { decodeMetrics, type Metric } from '../../../../runner/collect/otlp/decode.ts';
import { type Labels, PointDecoder, PointEncoder } from '../../../../runner/collect/point-frames.ts';
import type { Histogram, SparseHistogram } from '../../../../slo/statistics/histogram-data.ts';
import { recordedExports } from '../../../fixtures/otlp/recorded.ts';

const exports = recordedExports.map((body) => decodeMetrics(body, wantedMetrics));

interface Point extends Labels {
  readonly value: number | Histogram;
  readonly endMs: number;
}

function decodeAll(frames: readonly Uint8Array[]): Point[] {
  const decoder = new PointDecoder();
  const known: Labels[] = [];
  const points: Point[] = [];
  const take = (id: number, value: number | Histogram, endMs: number) =>
    points.push({ ...(known[id] as Labels), value, endMs });
  for (const frame of frames) {
    decoder.decode(frame, {
      labels: (id, labels) => {
        expect(id).toBe(known.length);
        known.push(labels);
      },
      number: take,
      histogram: (id, lent, endMs) => take(id, dense(lent), endMs),
    });
  }
  return points;
}

function dense({ filled, indexes, counts, ...others }: SparseHistogram): Histogram {
  const offset = indexes[0] as number;
  const buckets = new Array<number>((indexes[filled - 1] as number) - offset + 1).fill(0);
  for (let n = 0; n < filled; n++) buckets[(indexes[n] as number) - offset] = counts[n] as number;
  return { ...others, offset, buckets };
}

/** The same points, numbers before histograms as a frame has them. */
function pointsOf(metrics: readonly Metric[]): Omit<Point, 'endMs'>[] {
  const points = metrics.flatMap(({ name: metric, kind, points: all }) =>
    all.map((point) => ({
      metric,
      kind,
      attributes: point.attributes,
      value: 'histogram' in point ? point.histogram : point.value,
    })),
  );
  const isNumber = ({ value }: { value: unknown }) => typeof value === 'number';
  return [...points.filter(isNumber), ...points.filter((point) => !isNumber(point))];
}

describe('frames of points', () => {
  it('give back every point of what k6 posted', () => {
    const encoder = new PointEncoder();
    const decoded = decodeAll(exports.map((metrics) => encoder.encode(metrics)));
    expect(decoded.map(({ endMs, ...point }) => point)).toEqual(exports.flatMap(pointsOf));
    expect(decoded.length).toBeGreaterThan(20);
  });

  it('are a fraction of what was posted once the labels are told', () => {
    const encoder = new PointEncoder();
    const sizes = exports.map((metrics) => encoder.encode(metrics).length);
    expect(sizes[2]).toBeLessThan((recordedExports[2]?.length ?? 0) / 10);
  });

  it.each([0, 1, 2 ** 31 - 1, 2 ** 31, -1, 0.5, -0, 1_764_300_000_123, Number.MAX_VALUE])(
    'keep the value %d',
    (value) => {
      const metrics: Metric[] = [
        { kind: 'gauge', name: metricNames.vus, points: [{ attributes: {}, startMs: 0, endMs: 7, value }] },
      ];
      const [point] = decodeAll([new PointEncoder().encode(metrics)]);
      expect(point).toMatchObject({ endMs: 7 });
      expect(point?.value).toBe(value);
    },
  );

  it.each<Partial<Histogram>>([
    { offset: 7, buckets: [1] },
    { offset: -9, buckets: [1], scale: -2 },
    { offset: -2, buckets: [1, 0, 0, 300, 2], count: 303, min: 0.7 },
    { offset: 3, buckets: [1], min: 1.25 },
    { offset: 3, buckets: [1], zeroCount: 2, count: 3 },
    { offset: 3, buckets: [2], count: 2, sum: 3 },
  ])('keep the histogram %j', (given) => {
    const one = { scale: 5, count: 1, zeroCount: 0, sum: 1.5, min: 1.5, max: 1.5, offset: 0, buckets: [] };
    const points = [{ attributes: {}, startMs: 0, endMs: 7, histogram: { ...one, ...given } }];
    const metrics: Metric[] = [{ kind: 'histogram', name: metricNames.httpDuration, points }];
    const frame = new PointEncoder().encode([...metrics, ...metrics]);
    expect(decodeAll([frame]).map(({ value }) => value)).toEqual(Array(2).fill(points[0]?.histogram));
  });

  it('are refused out of their order', () => {
    const encoder = new PointEncoder();
    const [, second] = exports.map((metrics) => encoder.encode(metrics));
    expect(() => decodeAll([second as Uint8Array])).toThrow(RangeError);
  });
});
