/** A service of the sandbox, opened for a profile: its scenarios' requests are recorded, and can be repeated. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createK6Engine } from '../../../runner/engines/k6/k6.ts';
import { locateK6 } from '../../../runner/engines/k6/provision.ts';
import { loadSuiteConfig } from '../../../runner/load-suite.ts';
import {
  noteInlining,
  profileCpu,
  usedBytesAfterCollection,
} from '../../../runner/profile/inspector/probe.ts';
import { tryConversations } from '../../../runner/profile/preflight.ts';
import type * as service from '../../../runner/profile/service.ts';
import { openProfileFolder } from '../../../runner/store/profile-folder.ts';
import { packageRoot } from '../../e2e/cli.ts';

// The stand-in is a process of compiled code.
const { checkService, openService, peakOf } = (await import(
  new URL('../../../dist/runner/profile/service.js', import.meta.url).href
)) as typeof service;

it('records what payment is asked, behind the gateway, and repeats it as new payments', async () => {
  const suite = await loadSuiteConfig({ cwd: packageRoot });
  const place = mkdtempSync(join(tmpdir(), 'profile-'));
  const folder = openProfileFolder(place);
  const { signal } = new AbortController();
  const k6 = createK6Engine(await locateK6());
  const { subject, mix } = await openService(suite, 'payment', { k6, folder, signal });
  try {
    const metrics = await (await fetch(`${subject.baseUrl}/metrics`)).text();
    expect(metrics).toMatch(/^replicas\{[^}]*\} 1$/m);
    expect(metrics).toMatch(/^slots\{[^}]*\} 3$/m);
    const kinds = new Set(mix.conversations.map((items) => items.map(({ route }) => route).join(' ')));
    expect(kinds).toContain('payment.authorize payment.capture');
    expect(kinds).toContain('payment.authorize payment.authorize');
    expect(mix.notes).toEqual([]);
    expect(mix.conversations.flat().every(({ headers }) => headers['x-customer-id'] !== undefined)).toBe(
      true,
    );
    const refusals = await tryConversations(subject.baseUrl, mix.conversations);
    expect(refusals.filter((refusal) => refusal !== undefined)).toEqual([]);
    // The inspector is that of payment's thread.
    const { inspector } = subject;
    if (inspector === undefined) throw new Error('no inspector');
    expect(await usedBytesAfterCollection(inspector)).toBeGreaterThan(1e6);
    // Its handlers take microseconds, and a sampler may miss all of them in one round.
    let isSeen = false;
    for (let round = 0; round < 10 && !isSeen; round += 1) {
      await noteInlining(inspector);
      const { nodes } = await profileCpu(inspector, async () => {
        await tryConversations(subject.baseUrl, mix.conversations);
      });
      isSeen = nodes.some(({ callFrame }) => callFrame.url.endsWith('services/payment.js'));
    }
    expect(isSeen).toBe(true);
  } finally {
    await subject.stop();
    rmSync(place, { recursive: true });
  }
  expect(() => checkService(suite, 'paymint')).toThrow(/UNKNOWN_SERVICE/);
  expect(() => checkService(suite, 'payment', 'captur')).toThrow(/UNKNOWN_ROUTE/);
  expect(() => checkService(suite, 'payment', 'capture')).not.toThrow();
  expect(peakOf(suite, 'payment').multiplier).toBe(10);
});
