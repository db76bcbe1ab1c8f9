import { PbfWriter } from 'pbf';
import { describe, expect, it } from 'vitest';
import { wantedMetrics } from '../../../../runner/collect/metric-names.ts';
import { coarsen, finestScale } from '../../../../runner/collect/otlp/coarsen.ts';
import { decodeMetrics, type Metric } from '../../../../runner/collect/otlp/decode.ts';
import { WireError } from '../../../../runner/collect/otlp/wire.ts';
import type { Histogram } from '../../../../slo/measurements.ts';
import { recordedExports } from '../../../fixtures/otlp/recorded.ts';

const decode = (body: Uint8Array): Metric[] => decodeMetrics(body, wantedMetrics);

/** An export request with one metric, whose fields `write` adds. */
function exportOf(write: (metric: PbfWriter) => void): Uint8Array {
  const request = new PbfWriter();
  request.writeMessage(
    1,
    (_, resource) =>
      resource.writeMessage(2, (_, scope) => scope.writeMessage(2, (_, metric) => write(metric), null), null),
    null,
  );
  return request.finish();
}

function sumOf(temporality: number, writePoint: (point: PbfWriter) => void): Uint8Array {
  return exportOf((metric) => {
    metric.writeStringField(1, 'iterations');
    metric.writeMessage(
      7,
      (_, sum) => {
        sum.writeMessage(1, (_, point) => writePoint(point), null);
        sum.writeVarintField(2, temporality);
      },
      null,
    );
  });
}

describe('decoding what k6 posts', () => {
  it('reads counters, gauges and histograms with their labels', () => {
    const [first] = recordedExports.map(decode);
    const named = (name: string) => first?.find((metric) => metric.name === name);
    expect(named('peakproof_started_at_ms')).toMatchObject({ kind: 'gauge' });
    expect(named('peakproof_requests')?.points[0]?.attributes).toMatchObject({
      service: 'kiosk',
      name: 'kiosk.buy',
      phase: 'warmup',
    });
    const latency = named('http_req_duration');
    expect(latency?.kind === 'histogram' && latency.points[0]?.histogram.count).toBeGreaterThan(0);
  });

  it('leaves out what nobody asked for', () => {
    const body = recordedExports[0] ?? Buffer.alloc(0);
    expect(decode(body).map((metric) => metric.name)).not.toContain('data_sent');
    expect(decodeMetrics(body, new Set(['data_sent'])).map((metric) => metric.name)).toEqual(['data_sent']);
  });

  it('reads a metric whose data comes before its name', () => {
    const body = exportOf((metric) => {
      metric.writeMessage(
        5,
        (_, gauge) => gauge.writeMessage(1, (_, point) => point.writeDoubleField(4, 3), null),
        null,
      );
      metric.writeStringField(1, 'vus');
    });
    expect(decode(body)).toMatchObject([{ name: 'vus', points: [{ value: 3 }] }]);
  });

  it('takes an empty body for an empty export', () => {
    expect(decode(new Uint8Array())).toEqual([]);
  });
});

describe('decoding garbage', () => {
  it('refuses a length of 1 GB without allocating it', () => {
    const body = Buffer.from([0x0a, 0x80, 0x80, 0x80, 0x80, 0x04, 1, 2, 3]);
    expect(() => decode(body)).toThrow('exceeds the body');
  });

  it('refuses totals since the start: they would be added up again every second', () => {
    expect(() => decode(sumOf(2, (point) => point.writeDoubleField(4, 1)))).toThrow('delta');
    expect(decode(sumOf(1, (point) => point.writeDoubleField(4, 1)))).toHaveLength(1);
  });

  it('refuses a value that is not finite', () => {
    expect(() => decode(sumOf(1, (point) => point.writeDoubleField(4, Number.NaN)))).toThrow('finite');
  });

  it('refuses a field of the wrong type', () => {
    expect(() => decode(sumOf(1, (point) => point.writeStringField(4, 'five')))).toThrow(WireError);
  });

  it('refuses a million data points', () => {
    const body = exportOf((metric) => {
      metric.writeStringField(1, 'iterations');
      metric.writeMessage(
        7,
        (_, sum) => {
          for (let count = 0; count < 1_000_000; count++) sum.writeMessage(1, () => {}, null);
        },
        null,
      );
    });
    expect(() => decode(body)).toThrow('data points');
  });

  it('does not follow nested values', () => {
    let nested = new Uint8Array();
    for (let depth = 0; depth < 5001; depth++) {
      const level = new PbfWriter();
      level.writeBytesField(depth % 2 === 0 ? 5 : 1, nested);
      nested = new Uint8Array(level.finish());
    }
    const body = sumOf(1, (point) => {
      point.writeMessage(
        7,
        (_, pair) => {
          pair.writeStringField(1, 'deep');
          pair.writeBytesField(2, nested);
        },
        null,
      );
    });
    expect(decode(body)).toMatchObject([{ points: [{ attributes: { deep: '' } }] }]);
  });

  it('ends in metrics or a WireError for 10,000 mutations and random bodies', () => {
    const random = mulberry32(20261123);
    const below = (limit: number) => Math.floor(random() * limit);
    let refused = 0;
    for (let round = 0; round < 10_000; round++) {
      const original = recordedExports[below(recordedExports.length)] ?? Buffer.alloc(0);
      const body =
        round % 10 === 0
          ? Buffer.alloc(below(400))
          : Buffer.from(original.subarray(0, 1 + below(original.length)));
      const changes = round % 10 === 0 ? body.length : 1 + below(8);
      for (let change = 0; change < changes && body.length > 0; change++)
        body[below(body.length)] = below(256);
      try {
        for (const metric of decode(body)) expect(wantedMetrics).toContain(metric.name);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(5000);
  });
});

describe('coarsening', () => {
  const fine: Histogram = {
    scale: 20,
    count: 3,
    zeroCount: 0,
    sum: 6,
    min: 1,
    max: 3,
    offset: -1,
    buckets: [1, ...new Array<number>(99).fill(0), 2],
  };

  it('keeps every count in the coarser bucket that holds its finer one', () => {
    const coarse = coarsen(fine);
    expect(coarse).toMatchObject({ scale: finestScale, count: 3, offset: -1, buckets: [1, 2] });
  });

  it('leaves alone what is coarse enough', () => {
    const coarse = { ...fine, scale: finestScale };
    expect(coarsen(coarse)).toBe(coarse);
  });
});

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
