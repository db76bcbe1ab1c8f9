import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAsk } from '../../../runner/collect/ask.ts';
import { runAudits } from '../../../runner/collect/audits.ts';
import type { RunEvent } from '../../../runner/collect/events.ts';
import { startGeneratorHealth } from '../../../runner/collect/generator.ts';
import { startProbes } from '../../../runner/collect/probes.ts';
import { startSamplers } from '../../../runner/collect/samplers.ts';
import type { AuditInput } from '../../../runner/suite.ts';
import type { Service } from '../../../scenarios/model.ts';
import { catalog, kioskPlan } from '../../fixtures/kiosk/request.ts';

let server: Server;
let sockets: Set<number | undefined>;
let answer: { status: number; body: string; afterMs: number };
let events: RunEvent[];
let target: Parameters<typeof createAsk>[1];

const record = (event: RunEvent): void => {
  events.push(event);
};

beforeEach(async () => {
  sockets = new Set();
  events = [];
  answer = { status: 200, body: '{"stock":3}', afterMs: 0 };
  server = createServer((request, response) => {
    sockets.add(request.socket.remotePort);
    setTimeout(() => response.writeHead(answer.status).end(answer.body), answer.afterMs);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  target = { environment: kioskPlan(`http://${host}`, 3).environment, allow: [host], headers: {} };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Lets something run until it has recorded as many events. */
async function until(count: number, stop: () => void): Promise<void> {
  await vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(count), { timeout: 10_000 });
  stop();
}

describe('probes', () => {
  it('ask each service on one connection of its own', async () => {
    await until(3, startProbes(['kiosk'], catalog, target, record));
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'probe-schedule', services: ['kiosk'], offsetsMs: [0] },
      { type: 'probes', latenciesMs: [expect.any(Number)], failures: [] },
    ]);
    expect(sockets.size).toBe(1);
  });

  it('are spread over the second, a few at a time', () => {
    const services = Array.from({ length: 12 }, (_, index) => `kiosk-${index}`);
    const shops = Object.fromEntries(services.map((service) => [service, catalog.kiosk as Service]));
    const baseUrls = Object.fromEntries(services.map((service) => [service, `http://${target.allow[0]}`]));
    startProbes(services, shops, { ...target, environment: { ...target.environment, baseUrls } }, record)();
    const offsetsMs = [0, 200, 400, 600, 800];
    expect(events).toEqual([
      { type: 'probe-schedule', services, offsetsMs: [...offsetsMs, ...offsetsMs, 0, 200] },
    ]);
  });

  it.each([
    ['a bad status', { status: 503, body: '', afterMs: 0 }, 'answered 503'],
    ['no answer in time', { status: 200, body: '', afterMs: 3000 }, 'no answer in 900 ms'],
  ])('say why they failed: %s', async (_, given, cause) => {
    answer = given;
    await until(2, startProbes(['kiosk'], catalog, target, record));
    expect(events[1]).toMatchObject({ latenciesMs: [null], failures: [{ index: 0, cause }] });
  });

  it('see a service that is gone', async () => {
    server.close();
    server.closeAllConnections();
    await until(2, startProbes(['kiosk'], catalog, target, record));
    expect(events[1]).toMatchObject({ failures: [{ cause: 'ECONNREFUSED' }] });
  });

  it('go to no host that is not allowed', () => {
    expect(() => startProbes(['kiosk'], catalog, { ...target, allow: [] }, record)).toThrow(
      'HOST_NOT_ALLOWED',
    );
  });
});

describe('asking the system', () => {
  it('resolves with status and body', async () => {
    expect(await createAsk(catalog, target)('kiosk.stock')).toEqual({ status: 200, body: { stock: 3 } });
  });

  it('resolves also where the body is no JSON', async () => {
    answer = { status: 500, body: '<h1>', afterMs: 0 };
    expect(await createAsk(catalog, target)('kiosk.stock')).toEqual({ status: 500, body: undefined });
  });

  it('sends nothing to a host that is not allowed, nor to an unknown route', async () => {
    await expect(createAsk(catalog, { ...target, allow: ['127.0.0.1:1'] })('kiosk.stock')).rejects.toThrow(
      'HOST_NOT_ALLOWED',
    );
    await expect(createAsk(catalog, target)('kiosk.nothing')).rejects.toThrow('INVALID_SUITE');
    expect(sockets.size).toBe(0);
  });
});

describe('samplers', () => {
  const sampler = { reading: 'stock', route: 'kiosk.stock', field: 'stock', everySeconds: 1 };

  it('read a figure', async () => {
    await until(1, startSamplers([sampler], createAsk(catalog, target), record));
    expect(events[0]).toMatchObject({ type: 'reading', reading: 'stock', value: 3, census: false });
  });

  it('make no figure up', async () => {
    answer = { status: 200, body: '{"stock":"three"}', afterMs: 0 };
    const ask = vi.fn(createAsk(catalog, target));
    const stop = startSamplers([sampler], ask, record);
    await vi.waitFor(
      () => expect(ask.mock.settledResults.some(({ type }) => type === 'fulfilled')).toBe(true),
      { timeout: 5000 },
    );
    stop();
    expect(events).toEqual([]);
  });
});

describe('generator health', () => {
  it('is recorded once a second', async () => {
    let cpuSeconds = 0;
    const usage = () => {
      cpuSeconds += 0.5;
      return { cpuSeconds, memoryMb: 64 };
    };
    await until(2, startGeneratorHealth(usage, record));
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'generator', health: { k6MemoryMb: 64 } });
    if (last?.type !== 'generator') throw new Error('not of the generator');
    expect(last.health.k6Cores).toBeGreaterThan(0.3);
    expect(last.health.machineBusyShare).toBeLessThanOrEqual(1);
    expect(last.health.eventLoopDelayMs).toBeGreaterThanOrEqual(0);
  });

  it('is silent about an engine that cannot be measured', async () => {
    await until(
      1,
      startGeneratorHealth(() => undefined, record),
    );
    expect(events[0]).not.toHaveProperty('k6Cores');
  });
});

describe('audits', () => {
  const input = {} as AuditInput;

  it('bring census readings; one that cannot tell leaves a gap', async () => {
    const honest = { name: 'count', run: async () => [{ reading: 'lost', value: 0 }] };
    const broken = { name: 'broken', run: async () => Promise.reject(new Error('404')) };
    await runAudits([honest, broken], input, record);
    expect(events).toMatchObject([
      { type: 'reading', reading: 'lost', value: 0, census: true },
      { type: 'gap', reason: 'audit broken gave no figure: 404' },
    ]);
  });
});
