/** How a profile ends that cannot go on, against a server of this process and without k6. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { InspectorSession } from '../../../../runner/profile/inspector/session.ts';
import { mixOfRoute } from '../../../../runner/profile/mix/route.ts';
import { profileService } from '../../../../runner/profile/profile.ts';
import { subjectAtUrl } from '../../../../runner/profile/subject.ts';
import type { ProfileRequest, RunningSubject } from '../../../../runner/profile/types.ts';

let server: Server;
let status: number;
let subject: RunningSubject;
let stop: AbortController;

beforeEach(async () => {
  status = 200;
  stop = new AbortController();
  server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  subject = subjectAtUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'plain');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function profile(more: Partial<ProfileRequest>) {
  return profileService({
    subject,
    mix: mixOfRoute({}),
    rates: [50],
    rateSeconds: 2,
    blockSeconds: 0.02,
    folder: { path: '', write: () => {}, read: () => undefined, remove: () => {}, removeAll: () => {} },
    stopSignal: stop.signal,
    onStep: () => {},
    ...more,
  });
}

const codesOf = ({ problems }: Awaited<ReturnType<typeof profile>>) => problems.map(({ code }) => code);

it('has no capacity, and says so, if all fails once the load grows', async () => {
  const onStep = (text: string) => {
    if (text.startsWith('capacity')) status = 503;
  };
  const found = await profile({ onStep });
  expect(found).toMatchObject({ complete: false, rates: [] });
  expect(found.capacity).toBeUndefined();
  expect(codesOf(found)).toEqual(['SERVICE_REFUSES']);
});

it('has none if what it found cannot be repeated', async () => {
  const seen = new Set<string>();
  const onStep = (text: string) => {
    if (seen.has(text)) status = 429;
    seen.add(text);
  };
  const found = await profile({ onStep });
  expect(found.capacity).toBeUndefined();
  expect(codesOf(found)).toEqual(['SERVICE_REFUSES']);
});

it('names the end of a service as the cause of its refusals, though it is told late', async () => {
  status = 503;
  const ended = new Promise<string>((tell) => setTimeout(() => tell('process 7 ended'), 400));
  expect(codesOf(await profile({ subject: { ...subject, ended } }))).toEqual(['SERVICE_EXITED']);
});

it('leaves nothing in the thread and tells no rate that was cut off, if it is stopped meanwhile', async () => {
  const sent: string[] = [];
  const inspector: InspectorSession = {
    send: async <T>(method: string, { expression = method }: { expression?: string } = {}) => {
      sent.push(expression);
      return { result: { value: { nodeVersion: 'v20.19.0', busyMs: 0 } } } as T;
    },
    on: () => {},
    close: () => {},
  };
  const onStep = (text: string) => {
    if (text.startsWith('latency')) setTimeout(() => stop.abort(), 300);
  };
  const found = await profile({ subject: { ...subject, inspector }, onStep });
  expect(found).toMatchObject({ complete: false, rates: [] });
  expect(found.capacity).toBeDefined();
  expect(sent.filter((text) => text.includes('delay.enable'))).toHaveLength(1);
  expect(sent.at(-1)).toContain('observer.disconnect');
});
