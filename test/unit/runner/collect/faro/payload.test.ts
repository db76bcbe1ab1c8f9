import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../../runner/collect/events.ts';
import { type Beacon, parseBeacon } from '../../../../../runner/collect/faro/payload.ts';
import { BeaconTally } from '../../../../../runner/collect/faro/tally.ts';
import { Rejection } from '../../../../../runner/collect/http-body.ts';
import { mutate } from '../../../../fixtures/faro/mutate.ts';
import { recorded, recordedNames } from '../../../../fixtures/faro/recorded.ts';
import { seededRandom } from '../../../../fixtures/report/random.ts';

const body = (parts: object) => JSON.stringify({ meta: {}, ...parts });

describe('recorded payloads', () => {
  it('give first paint, page load, vitals and errors of a synthetic session', () => {
    const beacons = recordedNames.map((name) => parseBeacon(recorded(name)));
    expect(beacons.map(({ origin, page, device }) => [origin, page, device])).toEqual(
      recordedNames.map(() => ['synthetic', 'home', 'desktop']),
    );
    const told = beacons.flatMap(({ values }) => values.map(({ metric, value }) => [metric, value]));
    expect(Object.fromEntries(told)).toEqual({
      fcp: 208,
      ttfb: 45.90000000037253,
      'page-load': 517,
      lcp: 208,
      cls: 0,
    });
    expect(beacons.flatMap(({ leftOut }) => leftOut)).toEqual([]);
  });

  it('keep the error without the person in it', () => {
    const [exception] = parseBeacon(recorded('exception')).exceptions;
    expect(exception).toEqual({
      type: 'TypeError',
      message: 'cannot read basket of (e-mail)',
      where: 'http://127.0.0.1:8080/:3',
    });
  });
});

describe('who a beacon is of', () => {
  const meta = (value: object) => parseBeacon(JSON.stringify({ meta: value }));

  it('tells real, synthetic and virtual visitors apart', () => {
    expect(meta({}).origin).toBe('real');
    expect(meta({ k6: { isK6Browser: true } }).origin).toBe('synthetic');
    expect(meta({ k6: { testRunId: 'r' } }).origin).toBe('synthetic');
    expect(meta({ k6: { isK6Browser: 'yes' } }).origin).toBe('real');
    expect(meta({ session: { attributes: { peakproof: 'virtual-user' } } }).origin).toBe('virtual');
  });

  it('tells phones by what they say of themselves, or by a narrow window', () => {
    expect(meta({ browser: { mobile: true } }).device).toBe('phone');
    expect(meta({ browser: { mobile: false, viewportWidth: '767' } }).device).toBe('phone');
    expect(meta({ browser: { mobile: false, viewportWidth: '768' } }).device).toBe('desktop');
    expect(meta({}).device).toBe('desktop');
  });

  it('names pages without identifiers, host, query and fragment', () => {
    const page = (url: string) => meta({ page: { url } }).page;
    expect(page('https://shop.example/p/p-00017?email=a@b.c#x')).toBe('/p/:id');
    expect(page('https://shop.example/')).toBe('/');
    expect(page('https://shop.example/account/jane@example.com')).toBe('/account/:id');
    expect(page(`https://shop.example/reset/${'a'.repeat(33)}`)).toBe('/reset/:id');
    expect(page('not a url')).toBe('(unknown page)');
    expect(meta({ page: { id: ' ho\nme\u202e ' } }).page).toBe('ho me');
    expect(meta({ page: { id: 'x'.repeat(9999) } }).page).toHaveLength(80);
    expect(meta({ page: { id: `${'x'.repeat(79)}😀😀` } }).page).toBe(`${'x'.repeat(79)}😀`);
    expect(meta({ page: { id: ' ', url: 'https://shop.example/sale' } }).page).toBe('/sale');
    expect(meta({ page: { id: 'account of jane@example.com' } }).page).toBe('account of (e-mail)');
  });

  it('keeps nothing that names a person, whatever the beacon holds', () => {
    const person = { email: 'jane@example.com', username: 'jane.doe', id: '4711', fullName: 'Jane Doe' };
    const beacon = parseBeacon(
      JSON.stringify({
        meta: {
          user: { ...person, attributes: person },
          session: { id: 's', attributes: person },
          page: { url: 'https://shop.example/?user=jane.doe', attributes: person },
        },
        events: [{ name: 'faro.performance.navigation', attributes: { ...person, duration: '900' } }],
        exceptions: [
          {
            type: 'Error',
            value: 'no https://shop.example/o?email=jane@example.com username=jane.doe 4111 1111 1111 1111',
            context: person,
            stacktrace: { frames: [{ filename: 'https://shop.example/a.js?u=jane.doe', lineno: 3 }] },
          },
        ],
        logs: [{ message: 'jane.doe' }],
      }),
    );
    expect(JSON.stringify(beacon)).not.toMatch(/jane|doe|4711|4111/i);
  });
});

describe('what an error says', () => {
  const said = (value: string) =>
    parseBeacon(body({ exceptions: [{ type: 'Error', value }] })).exceptions[0]?.message;

  it.each([
    [
      'as JSON has it',
      'no token in {"userName": "Jane Doe","age":3}',
      'no token in {"userName=(left out),"age":3}',
    ],
    ['under a longer name', 'access_token=abc.def expired', 'access_token=(left out) expired'],
    ['in an address without a host', 'GET /search?name=jane failed', 'GET /search failed'],
    ['as an address in letters of any language', 'no jürgen@müller.de here', 'no (e-mail) here'],
    ['as an encoded address', 'no /account/jane%40example.com', 'no /account/(e-mail)'],
  ])('of a person is left out %s', (_name, text, told) => {
    expect(said(text)).toBe(told);
  });

  it('of a person is left out of its type, too', () => {
    const [exception] = parseBeacon(
      body({ exceptions: [{ type: 'Refused jane@example.com', value: '' }] }),
    ).exceptions;
    expect(exception?.type).toBe('Refused (e-mail)');
  });

  it('is not taken for a person where it is none', () => {
    const told = "Unexpected token ':' at and/or 12345 in app.js:3:14";
    expect(said(told)).toBe(told);
  });
});

describe('values', () => {
  const values = (measurement: object): Beacon => parseBeacon(body({ measurements: [measurement] }));

  it('out of range, of a wrong type or of another kind are left out, and the first two counted', () => {
    expect(values({ type: 'web-vitals', values: { lcp: -1 } })).toMatchObject({
      values: [],
      leftOut: ['lcp out of range'],
    });
    expect(values({ type: 'web-vitals', values: { lcp: '900' } }).leftOut).toEqual(['lcp out of range']);
    expect(values({ type: 'web-vitals', values: { lcp: 1e9 } }).leftOut).toEqual(['lcp out of range']);
    expect(values({ type: 'custom', values: { lcp: 900 } })).toMatchObject({ values: [], leftOut: [] });
    expect(values({ values: { lcp: 900 } }).leftOut).toEqual(['malformed measurements']);
  });

  it('of a load end where it ends, or where the SDK knows no more, with its beginning', () => {
    const load = (attributes: object) =>
      parseBeacon(body({ events: [{ name: 'faro.performance.navigation', attributes }] })).values;
    const pageLoad = (value: number) => [{ metric: 'page-load', value }];
    expect(load({ duration: '900', pageLoadTime: '850' })).toEqual(pageLoad(900));
    expect(load({ duration: '0', pageLoadTime: '850' })).toEqual(pageLoad(850));
    expect(load({})).toEqual([]);
  });

  it('of one vital count once, however often it is reported', () => {
    const tally = new BeaconTally();
    const cls = (value: number) => ({ type: 'web-vitals', values: { cls: value }, context: { id: 'v1' } });
    tally.add(parseBeacon(body({ measurements: [cls(0.05)] })), 1000);
    tally.add(parseBeacon(body({ measurements: [cls(0.3)] })), 2000);
    expect(tally.take(2000)).toMatchObject({
      rows: [{ metric: 'cls', bands: { good: 1, fair: 0, poor: 0 }, histogram: { count: 1 } }],
    });
  });
});

describe('sessions', () => {
  it('are counted once, and an error later belongs to the second in which the session began', () => {
    const tally = new BeaconTally();
    const beacon = (id: string, exceptions: object[]) =>
      parseBeacon(JSON.stringify({ meta: { session: { id } }, exceptions }));
    const error = { type: 'TypeError', value: 'x' };
    tally.add(beacon('a', []), 1000);
    tally.add(beacon('b', [error]), 1100);
    expect(tally.take(2000)).toMatchObject({ sessions: [{ sessions: 2, withErrors: 1 }] });
    tally.add(beacon('a', [error, error]), 9000);
    tally.add(beacon('a', [error]), 9000);
    expect(tally.take(10_000)).toMatchObject({
      sessions: [{ startedAtMs: 1000, sessions: 0, withErrors: 1 }],
      exceptions: [{ count: 3 }],
    });
    expect(tally.take(11_000)).toBeUndefined();
  });
});

describe('sessions of those who mean no good', () => {
  const beacon = (session: object, exceptions: object[]) =>
    parseBeacon(JSON.stringify({ meta: { session: { id: 'a', ...session } }, exceptions }));
  const error = { type: 'TypeError', value: 'x' };

  it('have never more errors than sessions, whoever they say that they are', () => {
    const tally = new BeaconTally();
    tally.add(beacon({}, []), 5100);
    tally.add(beacon({ id: 'b' }, []), 5900);
    tally.take(6000);
    tally.add(beacon({ attributes: { peakproof: 'virtual-user' } }, [error]), 9000);
    tally.add(beacon({ id: 'b' }, [error]), 9000);
    expect(tally.take(10_000)).toMatchObject({
      sessions: [{ origin: 'real', startedAtMs: 5100, sessions: 0, withErrors: 2 }],
    });
  });

  it('are none with ids that would fill the memory', () => {
    expect(beacon({ id: 'x'.repeat(100) }, []).sessionId).toHaveLength(100);
    expect(beacon({ id: 'x'.repeat(101) }, []).sessionId).toBeUndefined();
  });
});

describe('hostile input', () => {
  it('10,000 mutations of recorded payloads are parsed or rejected with a status, and tallied within limits', () => {
    const random = seededRandom(4711);
    const tally = new BeaconTally();
    let parsed = 0;
    for (let i = 0; i < 10_000; i += 1) {
      const text = mutate(recorded(recordedNames[i % recordedNames.length] as 'lcp'), random);
      try {
        tally.add(parseBeacon(text), i);
        parsed += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(Rejection);
        expect((error as Rejection).status).toBe(400);
      }
    }
    expect(parsed).toBeGreaterThan(4000);
    const record = tally.take(10_000);
    expect(JSON.stringify(record).length).toBeLessThan(200_000);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 30_000);

  it('pages and errors without end are folded together', () => {
    const tally = new BeaconTally();
    for (let i = 0; i < 500; i += 1) {
      const meta = { page: { id: `page ${i}` } };
      const measurements = [{ type: 'web-vitals', values: { lcp: i } }];
      const exceptions = [{ type: 'Error', value: `failure ${'x'.repeat(i)}` }];
      tally.add(parseBeacon(JSON.stringify({ meta, measurements, exceptions })), 0);
    }
    const record = tally.take(0) as Extract<RunEvent, { type: 'pages' }>;
    expect(record.rows).toHaveLength(101);
    expect(record.exceptions).toHaveLength(50);
  });
});
