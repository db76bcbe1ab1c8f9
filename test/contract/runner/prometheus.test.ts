import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../runner/collect/events.ts';
import { checkSources, collectSeries, sourceQueries } from '../../../runner/collect/prometheus/collect.ts';
import { queryRange } from '../../../runner/collect/prometheus/query.ts';
import type { SeriesSource } from '../../../slo/types.ts';
import { type FakePrometheus, json, openFakePrometheus, series } from '../../fixtures/fake-prometheus.ts';
import { kioskPlan } from '../../fixtures/kiosk/request.ts';

let prometheus: FakePrometheus;
beforeEach(async () => {
  prometheus = await openFakePrometheus();
});
afterEach(() => prometheus.close());

const plan = kioskPlan('http://127.0.0.1:1', 3);
const source: SeriesSource = { type: 'Prometheus' };
type SeriesEvent = RunEvent & { type: 'series' };

function targetOf(changes: object = {}) {
  const endpoint = { url: prometheus.url, headers: {}, scrapeSeconds: 1 };
  return {
    environment: plan.environment,
    allow: [prometheus.host],
    metricEndpoints: { Prometheus: endpoint },
    ...changes,
  };
}

interface Changes {
  readonly target?: object;
  readonly source?: SeriesSource;
  readonly signal?: AbortSignal;
}

/** What was recorded for one query over a run of three seconds that ended a while ago. */
async function collected(changes: Changes = {}, query = 'sum(q)'): Promise<SeriesEvent> {
  const events: SeriesEvent[] = [];
  const startedAtMs = Date.now() - 20_000;
  await collectSeries([{ source: changes.source ?? source, queries: [query] }], {
    target: targetOf(changes.target),
    startedAtMs,
    endedAtMs: startedAtMs + 3000,
    signal: changes.signal ?? new AbortController().signal,
    record: (event) => events.push(event as SeriesEvent),
  });
  const [event] = events;
  if (event === undefined) throw new Error('every query is told about');
  expect(event.fromMs).toBe(startedAtMs);
  return event;
}

async function problemWith(changes: Changes = {}): Promise<string | undefined> {
  const { problem, values } = await collected(changes);
  if (problem !== undefined) expect(values).toEqual([]);
  return problem?.replace(prometheus.host, 'HOST');
}

const text = (status: number, body: string, headers: Record<string, string> = {}) => {
  prometheus.answer = (_, response) => {
    response.writeHead(status, headers).end(body);
  };
};

describe('an answer', () => {
  it('is a value for each step of the run, and of one scrape beyond', async () => {
    expect(await collected()).toMatchObject({ query: 'sum(q)', stepSeconds: 1, values: [0, 1, 2, 3, 4] });
    const [, asked] = prometheus.asked;
    expect(asked).toMatchObject({ path: '/api/v1/query_range', form: { step: '1', query: 'sum(q)' } });
  });

  it('is no data where there is no value, or none that is a number', async () => {
    const values = ['1', undefined, 'NaN', '+Inf', '5e-1'];
    prometheus.answer = series((second) => values[second]);
    const event = await collected();
    expect(event.values).toEqual([1, null, null, null, 0.5]);
    expect(event).not.toHaveProperty('problem');
  });

  it('is asked for in parts where there are more points than Prometheus gives at once', async () => {
    const window = { fromMs: 1_700_000_000_000, toMs: 1_700_086_400_000, stepSeconds: 1 };
    const endpoint = { url: prometheus.url, headers: {}, scrapeSeconds: 1 };
    const values = await queryRange(endpoint, 'sum(q)', window, new AbortController().signal);
    expect(values).toHaveLength(86_401);
    expect(values.slice(9_999, 10_001)).toEqual([9_999, 0]);
    expect(values).not.toContain(null);
    expect(prometheus.asked).toHaveLength(9);
  });

  it('brings the credentials of the target file, and nothing of theirs anywhere else', async () => {
    const endpoint = { url: prometheus.url, headers: { authorization: 'Bearer s3cret' }, scrapeSeconds: 1 };
    const event = await collected({ target: { metricEndpoints: { Prometheus: endpoint } } });
    expect(prometheus.asked.every(({ headers }) => headers.authorization === 'Bearer s3cret')).toBe(true);
    expect(JSON.stringify(event)).not.toContain('s3cret');
  });

  it('is taken with infos, which are possible false positives', async () => {
    prometheus.answer = series(() => '1', { infos: ['metric might not be a counter'] });
    expect(await problemWith()).toBeUndefined();
  });

  it('comes from where a data source says, unless the target file knows better', async () => {
    const other = { type: 'Prometheus', dataSource: 'shop', url: `${prometheus.url}/` } as const;
    expect((await collected({ source: other, target: { metricEndpoints: {} } })).problem).toBeUndefined();
    const endpoints = { shop: { url: `${prometheus.url}/proxy`, headers: {}, scrapeSeconds: 1 } };
    await collected({ source: other, target: { metricEndpoints: endpoints } });
    expect(prometheus.asked.at(-1)?.path).toBe('/proxy/api/v1/query_range');
  });
});

describe('no data, and the reason in words', () => {
  it.each([
    ['500', () => text(500, 'oops'), 'Prometheus at HOST answered 500'],
    [
      'an error of its own',
      () => text(400, '{"status":"error","errorType":"bad_data","error":"parse error at char 3"}'),
      'Prometheus at HOST answered 400: parse error at char 3',
    ],
    [
      'wrong credentials',
      () => text(401, 'Unauthorized'),
      'Prometheus at HOST answered 401: the target file has wrong credentials for it, or none',
    ],
    [
      'a redirect',
      () => text(302, '', { location: `${prometheus.url}/login` }),
      'Prometheus at HOST answered 302, and redirects are not followed',
    ],
    [
      'a page',
      () => text(200, '<!doctype html>\n<title>Log in</title>', { 'content-type': 'text/html' }),
      'Prometheus at HOST answered something else than its API does: "<!doctype html> <title>Log in</title>"',
    ],
    ['nothing', () => text(200, ''), 'Prometheus at HOST answered something else than its API does: nothing'],
    [
      'an error with status 200',
      () => text(200, '{"status":"error","errorType":"timeout","error":"query timed out"}'),
      'Prometheus at HOST answered with an error: query timed out',
    ],
    [
      'numbers where texts belong',
      () => text(200, '{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,2]]}]}}'),
      /something else than its API/,
    ],
    [
      'a part',
      () => {
        prometheus.answer = series(() => '1', { warnings: ['store a:1 is unreachable'] });
      },
      'Prometheus at HOST answered only in part: store a:1 is unreachable',
    ],
    [
      'no series',
      () => {
        prometheus.answer = series(() => undefined);
      },
      'Prometheus at HOST has no series for it',
    ],
    [
      'only NaN',
      () => {
        prometheus.answer = series(() => 'NaN');
      },
      'Prometheus at HOST has no finite number for it',
    ],
    [
      'several series, told as cut off',
      () => {
        const two = { values: [[1, '1']] };
        prometheus.answer = (_, response) =>
          json(
            response,
            { resultType: 'matrix', result: [two, two] },
            { warnings: ['results truncated due to limit'] },
          );
      },
      'Prometheus at HOST answered with several series; a query must give one, so sum() over them',
    ],
    [
      'a vector',
      () => {
        prometheus.answer = (_, response) => json(response, { resultType: 'vector', result: [] });
      },
      'Prometheus at HOST answered with a vector, not with a series',
    ],
    [
      'histograms',
      () => {
        prometheus.answer = (_, response) =>
          json(response, { resultType: 'matrix', result: [{ metric: {}, histograms: [] }] });
      },
      'Prometheus at HOST answered with histograms, not with numbers',
    ],
    [
      'other times',
      () => {
        prometheus.answer = (_, response) =>
          json(response, { resultType: 'matrix', result: [{ metric: {}, values: [[12, '1']] }] });
      },
      'Prometheus at HOST answered for times that it was not asked about',
    ],
    [
      'half an answer',
      () => {
        prometheus.answer = (_, response) => {
          response.writeHead(200, { 'content-length': '1000' });
          response.write('{"status":');
          setTimeout(() => response.destroy(), 20);
        };
      },
      /^Prometheus at HOST did not answer: /,
    ],
    [
      'a clock that is ahead',
      () => {
        prometheus.aheadMs = 37_000;
      },
      "Prometheus at HOST has a clock 37 s ahead of this machine's, so its points fit no second of the run",
    ],
    [
      'a clock that is behind',
      () => {
        prometheus.aheadMs = -5_000;
      },
      /has a clock 5 s behind/,
    ],
  ])('%s', async (_, prepare, expected) => {
    prepare();
    expect(await problemWith()).toMatch(typeof expected === 'string' ? exactly(expected) : expected);
  });

  it('a million series: given up long before they are all there', async () => {
    let sent = 0;
    prometheus.answer = (_, response) => streamSeries(response, (bytes) => (sent += bytes));
    expect(await problemWith()).toBe(
      'Prometheus at HOST answered with more than 8 MB; a query must give one series, so sum() over it',
    );
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('a server that never answers, as soon as nobody wants to wait', async () => {
    prometheus.answer = () => stop.abort();
    const stop = new AbortController();
    expect(await problemWith({ signal: stop.signal })).toBe('Prometheus at HOST was no longer waited for');
  });

  it('a server that hangs, after ten seconds', async () => {
    prometheus.answer = () => {};
    expect(await problemWith()).toBe('Prometheus at HOST gave no answer in time');
  });

  it('a server that is gone', async () => {
    await prometheus.close();
    expect(await problemWith()).toBe('Prometheus at HOST did not answer: ECONNREFUSED');
  });

  it('a host that is not allowed: nothing is sent there', async () => {
    expect(await problemWith({ target: { allow: [] } })).toMatch(
      /^Prometheus at HOST was not asked: .* is not among/,
    );
    expect(prometheus.asked).toEqual([]);
  });

  it('a target that does not say where it is', async () => {
    expect(await problemWith({ target: { metricEndpoints: {} } })).toBe(
      'target "street" says of no Prometheus where it is',
    );
  });
});

describe('before the load', () => {
  const asked = [{ source, queries: ['q'] }];
  const { signal } = new AbortController();

  it('all is well with a server that answers', async () => {
    expect(await checkSources(asked, targetOf(), signal)).toEqual([]);
  });

  it('a server that does not is named', async () => {
    await prometheus.close();
    expect(await checkSources(asked, targetOf(), signal)).toEqual([
      expect.stringMatching(/^Prometheus at .* did not answer: ECONNREFUSED$/),
    ]);
  });
});

it('asks equal queries once', () => {
  const sli = { measure: 'series', source, kind: 'ratio', counter: true, totalQuery: 'total' } as const;
  const rest = { displayName: '', description: '', service: 'kiosk', target: 0.9, windowDays: 1, labels: {} };
  const objectives = [
    { ...rest, id: 'a', source: { file: '', line: 1 }, sli: { ...sli, goodOrBad: 'bad', query: 'bad' } },
    { ...rest, id: 'b', source: { file: '', line: 1 }, sli: { ...sli, goodOrBad: 'good', query: 'good' } },
  ] as const;
  expect(sourceQueries(plan, objectives)).toEqual([{ source, queries: ['bad', 'total', 'good'] }]);
});

function exactly(words: string): RegExp {
  return new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

/** Writes as fast as it is read, until the reader hangs up. */
function streamSeries(response: ServerResponse, count: (bytes: number) => void): void {
  const one = `${JSON.stringify({ metric: { id: 'x'.repeat(1000) }, values: [[1, '1']] })},`;
  const chunk = one.repeat(64);
  response.write('{"status":"success","data":{"resultType":"matrix","result":[');
  const more = (): void => {
    if (response.destroyed) return;
    count(chunk.length);
    if (response.write(chunk)) setImmediate(more);
    else response.once('drain', more);
  };
  more();
}
