/** `profile` against real processes: what was planted is found, whoever serves. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createK6Engine } from '../../../runner/engines/k6/k6.ts';
import { locateK6 } from '../../../runner/engines/k6/provision.ts';
import { mixOfRoute } from '../../../runner/profile/mix/route.ts';
import { servedMix } from '../../../runner/profile/preflight.ts';
import { profileService } from '../../../runner/profile/profile.ts';
import { subjectAtUrl, subjectOfCommand } from '../../../runner/profile/subject.ts';
import type { ProfileRequest, RunningSubject } from '../../../runner/profile/types.ts';
import { openProfileFolder, type ProfileFolder } from '../../../runner/store/profile-folder.ts';
import { looksLikeLeak } from '../../../slo/profile/heap.ts';

const fixture = resolve(import.meta.dirname, '../../fixtures/profiled/server.mjs');
const mix = mixOfRoute({ route: '/' });
let place: string;
let folder: ProfileFolder;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'profile-'));
  folder = openProfileFolder(join(place, 'run'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true, force: true });
});

/** As short as it can be: what is found does not depend on how long it is looked for. */
function profile(subject: RunningSubject, more: Partial<ProfileRequest> = {}) {
  return profileService({
    subject,
    mix,
    rates: [150],
    rateSeconds: 2,
    blockSeconds: 0.05,
    folder,
    stopSignal: new AbortController().signal,
    onStep: () => {},
    ...more,
  });
}

describe('a Node service that we start', () => {
  it('shows its planted hot function first and its planted leak within 15 %', async () => {
    vi.stubEnv('PLANTED_LEAK', '1');
    const { signal } = new AbortController();
    const subject = await subjectOfCommand([process.execPath, fixture], { name: 'fixture', signal });
    const k6 = createK6Engine(await locateK6());
    // 900 requests leak 1.8 MB, far above what collections leave by chance.
    const found = await profile(subject, { k6, rateSeconds: 6 }).finally(subject.stop);
    const [first] = found.node?.cpuProfile?.functions ?? [];
    expect(first).toMatchObject({ name: 'plantedHotFunction', line: 6 });
    expect(first?.file).toContain('fixtures/profiled/server.mjs');
    const heap = found.node?.heap;
    expect(Math.abs((heap?.bytesPerRequest?.value ?? 0) / 2048 - 1)).toBeLessThan(0.15);
    expect(heap && looksLikeLeak(heap)).toBe(true);
    expect(found).toMatchObject({ complete: true, problems: [], rateEngine: 'k6', cpu: { of: 'process' } });
    expect(found.rates[0]?.requests).toBeGreaterThanOrEqual(899);
    const saved = JSON.parse(readFileSync(join(folder.path, 'cpu.cpuprofile'), 'utf8'));
    expect(saved.samples.length).toBe(found.node?.cpuProfile?.samples);
    expect(existsSync(join(folder.path, 'replay-job.json'))).toBe(false);
  });

  it('ends with what was measured when the service exits meanwhile', async () => {
    const source = `
      let left = 2000;
      require('node:http').createServer((_, response) => (left-- > 0 ? response.end() : process.exit(7))).listen(0, '127.0.0.1');`;
    const { signal } = new AbortController();
    const subject = await subjectOfCommand([process.execPath, '-e', source], { name: 'mortal', signal });
    const found = await profile(subject).finally(subject.stop);
    expect(found.complete).toBe(false);
    expect(found.problems.map(({ code, cause }) => `${code} ${cause}`)).toEqual([
      expect.stringMatching(/^SERVICE_EXITED .*ended with exit code 7/),
    ]);
  });

  it('says why a command does not become a service', async () => {
    const { signal } = new AbortController();
    const start = (...command: [string, ...string[]]) => subjectOfCommand(command, { name: 'x', signal });
    await expect(start('/nonexistent/program')).rejects.toThrow(/SERVICE_NOT_STARTED/);
    await expect(start(process.execPath, '-e', 'process.exit(3)')).rejects.toThrow(
      /SERVICE_EXITED.*exit code 3/,
    );
  });
});

describe('a service that somebody else runs', () => {
  let server: Server;
  let url: string;
  let status: number;

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.statusCode = request.url === '/fine' ? 200 : status;
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is profiled without k6, and the result says what that costs', async () => {
    status = 200;
    const found = await profile(subjectAtUrl(url, 'plain'));
    expect(found.rateEngine).toBe('autocannon');
    expect(found.rates[0]?.caveats).toEqual(['uncorrected']);
    expect(found.capacity?.confirmed.perSecond.value).toBeGreaterThan(100);
    expect(found.node).toBeUndefined();
  });

  it('has no capacity if it refuses under load', async () => {
    status = 503;
    const found = await profile(subjectAtUrl(url, 'plain'));
    expect(found.capacity).toBeUndefined();
    expect(found.problems[0]).toMatchObject({ code: 'SERVICE_REFUSES' });
  });

  it('is asked for each request once before any load', async () => {
    status = 404;
    await expect(servedMix(url, mix)).rejects.toThrow(/SERVICE_REFUSES: GET \/ .*404/);
    const both = {
      ...mix,
      conversations: [...mix.conversations, ...mixOfRoute({ route: '/fine' }).conversations],
    };
    const served = await servedMix(url, both);
    expect(served.conversations).toHaveLength(1);
    expect(served.notes).toEqual(['1 of 2 requests are refused and left out, for example GET / (404).']);
    await expect(servedMix('http://127.0.0.1:1', mix)).rejects.toThrow(/TARGET_UNREACHABLE.*ECONNREFUSED/);
  });
});
