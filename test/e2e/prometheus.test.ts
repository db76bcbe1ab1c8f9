/** A real Prometheus scrapes the sandbox: what the servers counted stands beside what the client saw. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import which from 'which';
import type { ObjectiveDocument, VerdictDocument } from '../../reports/verdict-document.ts';
import { type Ended, packageRoot, peakproof, type Running, start, temporaryFolder } from './cli.ts';

const program = which.sync(process.env.PEAKPROOF_PROMETHEUS ?? 'prometheus', { nothrow: true });
if (program === null)
  console.warn('skipped: prometheus is not installed (Debian: apt-get install prometheus)');

const folder = temporaryFolder();
const file = (name: string) => join(folder.path, name);

describe.skipIf(program === null)('server-side objectives', () => {
  let sandbox: Running;
  let prometheus: ChildProcess;
  let url: string;

  beforeAll(async () => {
    sandbox = start(['sandbox', '--json']);
    const printed = await printedBy(sandbox);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    writeFileSync(file('prometheus.yaml'), scrapeConfig(printed.targetsUrl));
    prometheus = spawn(
      program ?? '',
      [
        `--config.file=${file('prometheus.yaml')}`,
        `--storage.tsdb.path=${file('tsdb')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    await untilScraped(url);
    writeFileSync(file('target.yaml'), targetFile(printed.gatewayUrl, url));
    writeSuite();
  });

  afterAll(async () => {
    for (const child of [prometheus, sandbox.child]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    }
    folder.remove();
  });

  const rehearse = (out: string, policy: string): Promise<Ended> =>
    peakproof(
      [
        ...['rehearse', '--config', file('peakproof.config.ts'), '--target', file('target.yaml')],
        ...['--profile', 'smoke', '--service', 'search'],
        ...['--policy', policy, '--out', file(out)],
      ],
      { env: { WEBHOOK_SECRET: 'unused', CUSTOMER_PASSWORD: 'unused' } },
    );

  it('are judged from what Prometheus scraped during the run', async () => {
    const ended = await rehearse('seen', 'ci');
    expect(ended.code, ended.stdout + ended.stderr).not.toBe(2);
    const client = objectiveOf('seen', 'search-availability');
    const ratio = objectiveOf('seen', 'search-server-availability');
    expect(ratio).toMatchObject({ measure: 'series', bad: 0 });
    // Both sides count the same requests, but not in quite the same seconds.
    expect(ratio.total).toBeGreaterThan(client.total * 0.8);
    expect(ratio.total).toBeLessThan(client.total * 1.2);
    expect(objectiveOf('seen', 'search-up')).toMatchObject({ bad: 0, total: expect.closeTo(17, -1) });
    expect(objectiveOf('seen', 'search-server-raw').total).toBeGreaterThan(5);
    const report = readFileSync(join(file('seen'), 'report.html'), 'utf8');
    expect(report.includes('Where client and servers disagree')).toBe(true);
    expect(report.includes('server-side events')).toBe(true);
  });

  it('are judged again from the run folder alone, bit for bit', async () => {
    const before = readFileSync(join(file('seen'), 'verdict.json'), 'utf8');
    const ended = await peakproof(['evaluate', file('seen'), '--json'], { cwd: folder.path });
    expect(ended.stdout.trim()).toBe(before.trim());
  });

  it('have no data once Prometheus is gone, which holds the gate under a policy that they block', async () => {
    const ended = once(prometheus, 'exit');
    prometheus.kill('SIGTERM');
    await ended;
    const run = await rehearse('gone', 'ci');
    expect(run, run.stdout + run.stderr).toMatchObject({ code: 3 });
    expect(run.stderr + run.stdout).toMatch(/did not answer: ECONNREFUSED/);
    expect(objectiveOf('gone', 'search-server-availability')).toMatchObject({
      answer: 'inconclusive',
      total: 0,
      dataMissing: true,
      // A busy machine may put a reason of its own before it.
      reason: expect.stringMatching(
        /No data: Prometheus at 127\.0\.0\.1:\d+ did not answer: ECONNREFUSED\.$/,
      ),
    });
    const { decision } = verdictOf('gone');
    expect(decision.because).toContain('search-server-availability');
  });
});

function verdictOf(run: string): VerdictDocument {
  return JSON.parse(readFileSync(join(file(run), 'verdict.json'), 'utf8')) as VerdictDocument;
}

function objectiveOf(run: string, id: string): ObjectiveDocument {
  const found = verdictOf(run).objectives.find((item) => item.id === id);
  if (found === undefined) throw new Error(`${id} was not judged`);
  return found;
}

interface Addresses {
  readonly gatewayUrl: string;
  readonly targetsUrl: string;
}

/** What `sandbox --json` prints, once it is all there. */
function printedBy({ child, ended }: Running): Promise<Addresses> {
  let text = '';
  return new Promise((done, fail) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.endsWith('}\n')) done(JSON.parse(text) as Addresses);
    });
    void ended.then(({ stderr }) => fail(new Error(`the sandbox ended: ${stderr}`)));
  });
}

/** One service's objectives from both sides; everything else is the built-in suite. */
function writeSuite(): void {
  mkdirSync(file('objectives'));
  const builtIn = readFileSync(join(packageRoot, 'slo/objectives/search.yaml'), 'utf8');
  writeFileSync(join(file('objectives'), 'search.yaml'), builtIn);
  writeFileSync(join(file('objectives'), 'servers.yaml'), serverObjectives);
  writeFileSync(
    file('peakproof.config.ts'),
    `import suite from ${JSON.stringify(join(packageRoot, 'peakproof.config.ts'))};
export default {
  ...suite,
  objectives: ${JSON.stringify(file('objectives'))},
  policies: ${JSON.stringify(join(packageRoot, 'slo/policies'))},
  script: ${JSON.stringify(join(packageRoot, 'scenarios/script.ts'))},
  browserScript: undefined,
};
`,
  );
}

const query = (text: string) => `{ metricSource: { type: Prometheus, spec: { query: '${text}' } } }`;
const errors = 'sum(http_server_errors_total{service="search"})';
const requests = 'sum(http_request_duration_seconds_count{service="search"})';

const serverObjectives = [
  [
    'search-server-availability',
    'availability',
    `ratioMetric: { counter: true, bad: ${query(errors)}, total: ${query(requests)} }`,
    '{ target: 0.99 }',
  ],
  [
    'search-server-raw',
    'server',
    `ratioMetric: { raw: ${query('rate(http_server_errors_total{service="search",route="search.query"}[5s])')}, rawType: failure }`,
    '{ target: 0.9 }',
  ],
  [
    'search-up',
    'server',
    `thresholdMetric: ${query('min(replicas{service="search"})')}`,
    '{ op: gte, value: 1, target: 0.9 }',
  ],
]
  .map(
    ([name, kind, indicator, objective]) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}, displayName: ${name}, labels: { tier: critical, kind: ${kind} } }
spec:
  service: search
  indicator:
    metadata: { name: ${name} }
    spec:
      ${indicator}
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [${objective}]
`,
  )
  .join('---\n');

function targetFile(gatewayUrl: string, prometheusUrl: string): string {
  const host = (address: string) => new URL(address).host;
  return `name: outside
gateway: ${gatewayUrl}
scale: 0.01
secrets: { customerPassword: "\${CUSTOMER_PASSWORD}", webhookSecret: "\${WEBHOOK_SECRET}" }
prometheus: { url: "${prometheusUrl}", scrapeSeconds: 1 }
allow: ["${host(gatewayUrl)}", "${host(prometheusUrl)}"]
`;
}

function scrapeConfig(targetsUrl: string): string {
  return `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: sandbox
    http_sd_configs: [{ url: "${targetsUrl}" }]
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Resolves once Prometheus has found all services by their listing, and scraped them. */
async function untilScraped(url: string): Promise<void> {
  for (;;) {
    const body = new URLSearchParams({ query: 'count(up == 1)' });
    const answer = await fetch(`${url}/api/v1/query`, { method: 'POST', body }).catch(() => undefined);
    if (answer?.ok && (await answer.text()).includes('"20"]')) return;
    await new Promise((done) => setTimeout(done, 500));
  }
}
