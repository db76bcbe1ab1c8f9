import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formats } from '../../../reports/formats.ts';
import { evaluateRun } from '../../../runner/evaluate-run.ts';
import { rehearse } from '../../../runner/rehearse.ts';
import { readReportAssets } from '../../../runner/store/report-assets.ts';
import type { RehearsalRequest } from '../../../runner/types.ts';
import type { Objective } from '../../../slo/types.ts';
import { type FakePrometheus, openFakePrometheus, series } from '../../fixtures/fake-prometheus.ts';
import { type Kiosk, kioskPlan, kioskRequest, openKiosk } from '../../fixtures/kiosk/request.ts';

let kiosk: Kiosk;
let prometheus: FakePrometheus;
let folder: string;
let notes: string[];

beforeEach(async () => {
  [kiosk, prometheus] = await Promise.all([openKiosk(), openFakePrometheus()]);
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
  notes = [];
});
afterEach(async () => {
  await Promise.all([kiosk.close(), prometheus.close()]);
  rmSync(folder, { recursive: true });
});

const serverSide: Objective = {
  id: 'kiosk-servers',
  displayName: 'The kiosk counts no failures',
  description: '',
  service: 'kiosk',
  target: 0.9,
  windowDays: 30,
  sli: {
    measure: 'series',
    source: { type: 'Prometheus' },
    kind: 'ratio',
    goodOrBad: 'bad',
    query: 'bad',
    totalQuery: 'total',
    counter: true,
  },
  labels: {},
  source: { file: 'kiosk.yaml', line: 1 },
};

async function requestOf(changes: Parameters<typeof kioskRequest>[2] = {}): Promise<RehearsalRequest> {
  const run = join(folder, 'run');
  const request = await kioskRequest(kiosk, run, {
    live: { note: (text) => void notes.push(text), snapshot() {}, close() {} },
    ...changes,
  });
  const endpoint = {
    url: prometheus.url,
    headers: { authorization: 'Bearer open-sesame' },
    scrapeSeconds: 1,
  };
  return {
    ...request,
    suite: { ...request.suite, objectives: [serverSide] },
    target: {
      ...request.target,
      allow: [...request.target.allow, prometheus.host],
      metricEndpoints: { Prometheus: endpoint },
    },
  };
}

/** 100 requests a second, none of them bad. */
function answerWell(): void {
  const total = series((second) => String(5000 + second * 100));
  const bad = series(() => '0');
  prometheus.answer = (asked, response) => (asked.form.query === 'total' ? total : bad)(asked, response);
}

const read = (name: string): string => readFileSync(join(folder, 'run', name), 'utf8');

function verdictAgain(): string {
  const json = formats.find(({ id }) => id === 'json');
  return json?.render(evaluateRun(join(folder, 'run')).model, readReportAssets()) ?? '';
}

describe('a rehearsal with server-side objectives', () => {
  it('is judged from what Prometheus says of the run, and again without it', async () => {
    answerWell();
    const result = await rehearse(await requestOf());
    // Two judged seconds, and the scrape that catches up with the last of them.
    const [{ evidence } = { evidence: undefined }] = result.verdict.objectives;
    expect(evidence?.total).toBeGreaterThanOrEqual(300);
    expect(evidence?.bad).toBe(0);
    await prometheus.close();
    expect(verdictAgain()).toBe(read('verdict.json'));
  });

  it('asks before the audits, whose requests the servers would count', async () => {
    answerWell();
    const askedBefore: string[] = [];
    const audit = {
      name: 'late',
      run: async () => {
        askedBefore.push(...prometheus.asked.map(({ form }) => form.query ?? ''));
        return [];
      },
    };
    await rehearse(await requestOf({ suite: { audits: [audit] } }));
    expect(askedBefore).toEqual(expect.arrayContaining(['bad', 'total']));
  });

  it('asks also when it was interrupted, for what was measured until then', async () => {
    answerWell();
    const stop = new AbortController();
    const request = await requestOf({ plan: kioskPlan(kiosk.url, 60), stopSignal: stop.signal });
    const live = { ...request.live, snapshot: () => stop.abort() };
    const result = await rehearse({ ...request, live });
    expect(result.exitCode).toBe(130);
    const { start, end } = prometheus.asked.at(-1)?.form ?? {};
    expect(Number(end) - Number(start)).toBeLessThan(45);
    expect(evaluateRun(join(folder, 'run')).measurements.series).toHaveLength(2);
    expect(verdictAgain()).toBe(read('verdict.json'));
  });

  it('warns before the load, and holds the gate on missing data under a policy that tolerates doubt', async () => {
    prometheus.answer = (_, response) => void response.writeHead(500).end('token open-sesame refused');
    prometheus.aheadMs = 60_000;
    const request = await requestOf();
    const result = await rehearse({ ...request, policy: { ...request.policy, inconclusive: 'tolerate' } });
    expect(result).toMatchObject({ exitCode: 3, decision: { because: ['kiosk-servers'] } });
    expect(result.verdict.objectives[0]?.reason).toMatch(/^No data: Prometheus at .* has a clock 60 s ahead/);
    expect(notes.slice(0, 2).join()).toMatch(/objectives will lack data: Prometheus at .* has a clock/);
  });

  it('keeps credentials out of the folder and the view, also where the server repeats them', async () => {
    prometheus.answer = (_, response) => {
      const error = 'no entry with open-sesame';
      response.writeHead(400).end(JSON.stringify({ status: 'error', errorType: 'auth', error }));
    };
    const result = await rehearse(await requestOf());
    expect(result.verdict.objectives[0]?.reason).toContain('answered 400: no entry with ***');
    for (const name of ['measurements.log', 'verdict.json', 'report.html']) {
      expect(read(name).includes('open-sesame'), name).toBe(false);
    }
    expect(notes.join()).toContain('no entry with ***');
    expect(notes.join()).not.toContain('open-sesame');
  });
});
