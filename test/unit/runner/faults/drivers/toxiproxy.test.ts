import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../../../profiles/faults.ts';
import { locateToxiproxy } from '../../../../../runner/faults/drivers/toxiproxy/provision.ts';
import { startToxiproxy } from '../../../../../runner/faults/drivers/toxiproxy/server.ts';
import { toxiproxyTool } from '../../../../../runner/faults/drivers/toxiproxy/tool.ts';
import { toxiproxyDriver } from '../../../../../runner/faults/drivers/toxiproxy.ts';
import { packageRoot } from '../../../../../runner/package.ts';
import { PeakproofError } from '../../../../../scenarios/problem.ts';
import { causes, fault, read, target } from './fault-fixture.ts';

let folder: string;
const servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-toxiproxy-'));
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(folder, { recursive: true, force: true });
});

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function failureOf(work: Promise<unknown>): Promise<PeakproofError> {
  const error = await work.catch((reason: unknown) => reason);
  if (error instanceof PeakproofError) return error;
  throw new Error(`not a PeakproofError: ${error}`);
}

const theirs = { url: 'http://127.0.0.1:9000', proxies: { payment: 'pay' } };

describe('toxics', () => {
  it.each<[FaultKind, Record<string, number>, object]>([
    [
      'latency',
      { latencyMs: 700, jitterMs: 50 },
      { type: 'latency', stream: 'downstream', toxicity: 1, attributes: { latency: 700, jitter: 50 } },
    ],
    ['hang', {}, { type: 'timeout', stream: 'upstream', toxicity: 1, attributes: { timeout: 0 } }],
    [
      'drop',
      { share: 0.3 },
      { type: 'reset_peer', stream: 'downstream', toxicity: 0.3, attributes: { timeout: 0 } },
    ],
    ['bandwidth', {}, { type: 'bandwidth', stream: 'downstream', toxicity: 1, attributes: { rate: 1 } }],
  ])('%s is a toxic that is added and deleted', (kind, parameters, toxic) => {
    const [procedure] = toxiproxyDriver.describe(
      read(toxiproxyDriver, theirs),
      [fault(kind, { parameters })],
      target,
    );
    const url = 'http://127.0.0.1:9000/proxies/pay/toxics';
    const name = `payment-${kind}`;
    expect(procedure?.inject).toMatchObject([
      { method: 'POST', url, body: { name, ...toxic }, doneStatus: [200, 409] },
    ]);
    expect(procedure?.rollBack).toMatchObject([
      { method: 'DELETE', url: `${url}/${name}`, doneStatus: [204, 404] },
    ]);
  });

  it('refused switches the proxy off, and on again', () => {
    const [procedure] = toxiproxyDriver.describe(read(toxiproxyDriver, theirs), [fault('refused')], target);
    const proxy = { method: 'POST', url: 'http://127.0.0.1:9000/proxies/pay' };
    expect(procedure?.inject).toMatchObject([{ ...proxy, body: { enabled: false } }]);
    expect(procedure?.rollBack).toMatchObject([{ ...proxy, body: { enabled: true } }]);
  });

  it('are gone with a Toxiproxy of ours that has ended, but not with theirs', () => {
    const [ours] = toxiproxyDriver.describe(read(toxiproxyDriver, {}), [fault('hang')], target);
    const [their] = toxiproxyDriver.describe(read(toxiproxyDriver, theirs), [fault('hang')], target);
    expect(ours?.rollBack[0]).toMatchObject({ goneIsDone: true });
    expect(their?.rollBack[0]).not.toHaveProperty('goneIsDone');
  });
});

describe('check', () => {
  it('finds nothing wrong with plain HTTP services', async () => {
    const faults = toxiproxyDriver.kinds.map((kind) => fault(kind));
    expect(await toxiproxyDriver.check(read(toxiproxyDriver, {}), faults, target)).toEqual([]);
  });

  it('tells what a proxy of ours cannot stand before, and what nobody would see', async () => {
    const tls = { ...target.environment.baseUrls, search: 'https://search.example' };
    const secured = {
      ...target,
      environment: { ...target.environment, baseUrls: tls },
      allow: [...target.allow, 'search.example:443'],
    };
    const faults = [
      fault('refused', { service: 'search' }),
      fault('bandwidth', { parameters: { kilobytesPerSecond: 50 } }),
    ];
    expect(causes(await toxiproxyDriver.check(read(toxiproxyDriver, {}), faults, secured))).toEqual([
      expect.stringMatching(/search: load would find a certificate for search.example at 127.0.0.1/),
      expect.stringMatching(/payment bandwidth: a health check does not show it/),
    ]);
  });

  it('asks no Toxiproxy that the target does not allow', async () => {
    const own = read(toxiproxyDriver, { url: 'http://toxiproxy.example:8474' });
    expect(causes(await toxiproxyDriver.check(own, [fault('hang')], target))).toEqual([
      'HOST_NOT_ALLOWED faults.url: host toxiproxy.example:8474 is not in the allow list',
    ]);
  });

  it('refuses names of proxies without a Toxiproxy that has them', () => {
    const result = toxiproxyDriver.settings.safeParse({ proxies: { payment: 'pay' } });
    expect(result.error?.issues[0]?.message).toMatch(/give its url too/);
  });
});

describe("a Toxiproxy of the user's own", () => {
  async function open(proxies: object): Promise<string> {
    const server = createServer((_, response) => response.end(JSON.stringify(proxies)));
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const prepare = (url: string) =>
    toxiproxyDriver.prepare(read(toxiproxyDriver, { ...theirs, url }), [fault('hang')], {
      target,
      runFolder: folder,
      signal: new AbortController().signal,
      onProgress: () => {},
    });

  it('is used as it is: load goes where it went', async () => {
    const url = await open({ pay: { name: 'pay', listen: '[::]:26379', upstream: 'payment:80' } });
    const prepared = await prepare(url);
    expect(prepared.baseUrls).toBeUndefined();
    expect(prepared.procedures[0]?.inject).toMatchObject([{ url: `${url}/proxies/pay/toxics` }]);
  });

  it('must be there and know the services, before anything is loaded', async () => {
    const error = await failureOf(prepare(await open({})));
    expect(causes(error.problems).join()).toMatch(
      /^FAULT_DRIVER_UNUSABLE Toxiproxy at .* has no proxy "pay"$/,
    );
    const gone = await failureOf(prepare('http://127.0.0.1:9'));
    expect(causes(gone.problems).join()).toMatch(
      /^FAULT_DRIVER_UNUSABLE Toxiproxy at http:\/\/127.0.0.1:9: .*ECONNREFUSED/,
    );
  });
});

describe('the binary', () => {
  it('is built at the release that go.mod pins', () => {
    const text = readFileSync(join(packageRoot, toxiproxyTool.build.folder, 'go.mod'), 'utf8');
    expect(text).toContain(`github.com/Shopify/toxiproxy/v2 v${toxiproxyTool.pinnedVersion}`);
    expect(toxiproxyTool.build.flags.join()).toContain(`Version=${toxiproxyTool.pinnedVersion}`);
  });

  it.each([
    ['is another program', 'echo hello', /does not answer like Toxiproxy/],
    ['is too old', 'echo toxiproxy-server version 1.2.0', /older than 2\.0/],
  ])('is refused if it %s', async (_, text, cause) => {
    const env = { PATH: '/usr/bin:/bin', PEAKPROOF_TOXIPROXY: script('named', text) };
    const error = await failureOf(locateToxiproxy({ env }));
    expect(causes(error.problems).join()).toMatch(/^TOXIPROXY_UNUSABLE PEAKPROOF_TOXIPROXY: /);
    expect(causes(error.problems).join()).toMatch(cause);
  });

  it('is told to be missing where there is none and no Go', async () => {
    mkdirSync(join(folder, 'bin'));
    const env = { PATH: join(folder, 'bin'), PEAKPROOF_CACHE: join(folder, 'cache') };
    const error = await failureOf(locateToxiproxy({ env }));
    expect(causes(error.problems)).toEqual([
      'TOXIPROXY_NOT_AVAILABLE no toxiproxy to put between load and services: there is no Go on PATH',
    ]);
  });

  it('is told not to start if it ends at once', async () => {
    const error = await failureOf(startToxiproxy(script('broken', 'echo no such flag; exit 2')));
    expect(causes(error.problems).join()).toMatch(/^TOXIPROXY_UNUSABLE .*broken does not start: /);
  }, 30_000);
});
