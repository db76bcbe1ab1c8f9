import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../runner/collect/events.ts';
import { parseBeacon } from '../../../../runner/collect/faro/payload.ts';
import { BeaconTally } from '../../../../runner/collect/faro/tally.ts';
import { PageTables } from '../../../../runner/collect/page-tables.ts';
import { plan } from '../../slo/fixtures.ts';

const secondOf = (atMs: number) => Math.floor(atMs / 1000);

function recordOf(atMs: number, ...bodies: readonly object[]): Extract<RunEvent, { type: 'pages' }> {
  const tally = new BeaconTally();
  for (const body of bodies) tally.add(parseBeacon(JSON.stringify({ meta: {}, ...body })), atMs);
  return tally.take(atMs) as Extract<RunEvent, { type: 'pages' }>;
}

const lcp = (...values: number[]) => ({
  measurements: values.map((value) => ({ type: 'web-vitals', values: { lcp: value } })),
});
const failure = { exceptions: [{ type: 'TypeError', value: 'x is undefined' }] };

describe('records of page views', () => {
  it('become rows of their second and phase, summed without loss', () => {
    const tables = new PageTables(plan, 10);
    tables.add(recordOf(21_000, lcp(100, 3000)), secondOf);
    tables.add(recordOf(22_000, lcp(5000)), secondOf);
    tables.add(recordOf(31_000, lcp(200)), secondOf);
    const rows = tables.measurements()?.rows ?? [];
    expect(rows.map(({ second, phase }) => [second, phase])).toEqual([
      [20, 'peak'],
      [30, 'peak'],
    ]);
    expect(rows[0]).toMatchObject({
      histogram: { count: 3, sum: 8100, max: 5000 },
      sumOfSquares: 100 ** 2 + 3000 ** 2 + 5000 ** 2,
      bands: { good: 1, fair: 1, poor: 1 },
    });
  });

  it('outside the plan are left out, and so is a session that began before it', () => {
    const tables = new PageTables(plan, 1);
    tables.add(recordOf(-1000, { meta: { session: { id: 's' } }, ...lcp(1) }), secondOf);
    tables.add(recordOf(40_000, lcp(1), failure), secondOf);
    expect(tables.measurements()).toMatchObject({ rows: [], sessions: [], exceptions: [] });
  });

  it('group errors that look the same, with when they came first and last', () => {
    const tables = new PageTables(plan, 1);
    for (const second of [21, 25, 30]) tables.add(recordOf(second * 1000, failure, failure), secondOf);
    expect(tables.measurements()?.exceptions).toEqual([
      expect.objectContaining({ message: 'x is undefined', count: 6, firstSecond: 21, lastSecond: 30 }),
    ]);
  });

  it('keep the slowest load of each page and device', () => {
    const tables = new PageTables(plan, 1);
    const view = { page: 'home', device: 'phone', cache: 'cold', resources: [] } as const;
    for (const loadMs of [900, 1400, 1100]) {
      tables.add({ type: 'waterfall', atMs: 21_000, ...view, loadMs }, secondOf);
    }
    expect(tables.measurements()?.waterfalls.map(({ loadMs }) => loadMs)).toEqual([1400]);
  });

  it('are none where nobody was to tell of pages', () => {
    expect(new PageTables(plan, 1).measurements()).toBeUndefined();
  });
});
