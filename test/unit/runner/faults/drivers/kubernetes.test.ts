import { describe, expect, it, vi } from 'vitest';
import type { FaultKind } from '../../../../../profiles/faults.ts';
import { actionText } from '../../../../../runner/faults/action-text.ts';
import type { KubernetesObject } from '../../../../../runner/faults/drivers/kubernetes/objects.ts';
import { schemaFaults } from '../../../../../runner/faults/drivers/kubernetes/validate.ts';
import { kubernetesDriver } from '../../../../../runner/faults/drivers/kubernetes.ts';
import { attempt } from '../../../../../runner/faults/supervisor/attempt.ts';
import type { Action } from '../../../../../runner/faults/types.ts';
import { PeakproofError } from '../../../../../scenarios/problem.ts';
import { fakeTool } from './fake-tool.ts';
import { causes, fault, read, target } from './fault-fixture.ts';

const settings = {
  context: 'staging',
  namespace: 'shop',
  workloads: {
    payment: { labels: { app: 'payment', tier: 'critical' }, host: 'payment.shop.svc.cluster.local' },
  },
  probes: [{ kinds: ['cpu-burn', 'memory-leak', 'bandwidth'], faulted: { longerThanMs: 300 } }],
};

const where = ['--context=staging', '--namespace=shop'];

function procedureOf(kind: FaultKind, change: object = {}) {
  const [procedure] = kubernetesDriver.describe(
    read(kubernetesDriver, { ...settings, ...change }),
    [fault(kind)],
    target,
  );
  if (procedure === undefined) throw new Error(`no procedure for ${kind}`);
  return procedure;
}

function objectOf(kind: FaultKind, change: object = {}): KubernetesObject {
  const [action] = procedureOf(kind, change).inject as Extract<Action, { type: 'process' }>[];
  return JSON.parse(action?.input ?? '');
}

describe('objects', () => {
  it.each<[FaultKind, object, string, object]>([
    ['crash', { crash: 'pod-failure' }, 'PodChaos', { action: 'pod-failure' }],
    [
      'latency',
      {},
      'NetworkChaos',
      { action: 'delay', delay: { latency: '1000ms', jitter: '0ms', correlation: '0' } },
    ],
    ['drop', {}, 'NetworkChaos', { action: 'loss', loss: { loss: '100', correlation: '0' } }],
    [
      'bandwidth',
      {},
      'NetworkChaos',
      { action: 'bandwidth', bandwidth: { rate: '1kbps', limit: 20971520, buffer: 10000 } },
    ],
    ['cpu-burn', {}, 'StressChaos', { stressors: { cpu: { workers: 1, load: 90 } } }],
    ['memory-leak', {}, 'StressChaos', { stressors: { memory: { workers: 1, size: '600MB' } } }],
  ])('%s is what Chaos Mesh makes of it', (kind, change, name, spec) => {
    const object = objectOf(kind, change);
    expect(object).toMatchObject({
      apiVersion: 'chaos-mesh.org/v1alpha1',
      kind: name,
      metadata: { name: `peakproof-payment-${kind}`, namespace: 'shop' },
      spec: {
        ...spec,
        mode: 'all',
        selector: { namespaces: ['shop'], labelSelectors: settings.workloads.payment.labels },
      },
    });
    expect(schemaFaults(object)).toEqual([]);
  });

  it('end by themselves a little after they were to be deleted', () => {
    expect(objectOf('latency').spec.duration).toBe('40s');
  });

  it.each<[FaultKind, object, object]>([
    ['latency', { mesh: 'istio' }, { delay: { fixedDelay: '1s', percentage: { value: 100 } } }],
    ['errors', {}, { abort: { httpStatus: 500, percentage: { value: 100 } } }],
  ])('%s is what Istio makes of it, with a percentage', (kind, change, made) => {
    const object = objectOf(kind, change);
    expect(object).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      spec: { hosts: [settings.workloads.payment.host], http: [{ fault: made }] },
    });
    expect(schemaFaults(object)).toEqual([]);
  });

  it.each([
    ['an unknown field', { delays: {} }, /must NOT have additional properties/],
    ['an unknown mode', { mode: 'most' }, /spec\.mode must be equal to one of the allowed values/],
    ['a latency without a unit', { delay: { latency: '1000' } }, /spec\.delay\.latency must match pattern/],
  ])('%s is found by the published schema', (_, change, message) => {
    const object = objectOf('latency');
    expect(schemaFaults({ ...object, spec: { ...object.spec, ...change } }).join()).toMatch(message);
  });

  it('have names that Kubernetes takes, whatever a service is called', () => {
    const service = `Payment_${'x'.repeat(80)}`;
    const own = read(kubernetesDriver, { ...settings, workloads: { [service]: settings.workloads.payment } });
    const [procedure] = kubernetesDriver.describe(own, [fault('latency', { service })], target);
    const [action] = (procedure?.rollBack ?? []) as Extract<Action, { type: 'process' }>[];
    expect(action?.args[4]).toMatch(/^peakproof-payment-x+$/);
    expect(action?.args[4]).toHaveLength(63);
  });
});

describe('kubectl', { timeout: 30_000 }, () => {
  const calm = new AbortController().signal;

  it('gets the object to apply, and deletes it by name, always in the context and namespace of the settings', async () => {
    const kubectl = fakeTool('kubectl');
    const { inject, rollBack } = procedureOf('latency');
    for (const action of [...inject, ...rollBack])
      expect(await attempt(action, calm)).toMatchObject({ exitCode: 0 });
    const [applied, deleted] = kubectl.calls();
    expect(applied?.args).toEqual([...where, 'apply', '--filename', '-']);
    expect(JSON.parse(applied?.input ?? '')).toMatchObject({ kind: 'NetworkChaos' });
    const name = ['networkchaos.chaos-mesh.org', 'peakproof-payment-latency'];
    expect(deleted?.args).toEqual([...where, 'delete', ...name, '--ignore-not-found', '--timeout=20s']);
  });

  it('is shown with the whole object by a dry run', () => {
    const text = procedureOf('latency').inject.map(actionText).join();
    expect(text).toMatch(/^kubectl --context=staging .*apply --filename - <<< \{ "apiVersion": "chaos-mesh/);
    expect(text).toContain('"labelSelectors": { "app": "payment", "tier": "critical" }');
  });

  it('deletes the pods that have every label; there is nothing to take back', () => {
    const { inject, rollBack } = procedureOf('crash');
    const flags = ['--selector', 'app=payment,tier=critical', '--now', '--wait=false'];
    expect(inject).toMatchObject([{ file: 'kubectl', args: [...where, 'delete', 'pods', ...flags] }]);
    expect(rollBack).toEqual([]);
  });

  it('is asked for a dry run by the cluster before anything is loaded', async () => {
    const answer = "if (args.includes('delete')) { console.error('Error: forbidden'); process.exitCode = 1 }";
    const kubectl = fakeTool('kubectl', answer);
    const own = read(kubernetesDriver, settings);
    const context = { target, runFolder: '/nowhere', signal: calm, onProgress: () => {} };
    const prepared = await kubernetesDriver.prepare(own, [fault('latency')], context);
    expect(prepared.procedures).toHaveLength(1);
    expect(kubectl.calls()[0]?.args).toEqual([...where, 'apply', '--filename', '-', '--dry-run=server']);
    const refused = await kubernetesDriver.prepare(own, [fault('crash')], context).catch((error) => error);
    expect(refused).toBeInstanceOf(PeakproofError);
    expect(causes(refused.problems).join()).toMatch(
      /FAULT_DRIVER_UNUSABLE kubectl .*ended with 1: Error: forbidden/,
    );
  });
});

describe('check', { timeout: 30_000 }, () => {
  it('finds nothing wrong with settings that are in order', async () => {
    fakeTool('kubectl');
    const faults = (['crash', 'latency', 'errors', 'cpu-burn'] as const).map((kind) => fault(kind));
    expect(await kubernetesDriver.check(read(kubernetesDriver, settings), faults, target)).toEqual([]);
  });

  it('misses kubectl where there is none', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const found = await kubernetesDriver.check(read(kubernetesDriver, settings), [fault('crash')], target);
    vi.unstubAllEnvs();
    expect(causes(found)).toEqual(['FAULT_DRIVER_UNUSABLE there is no kubectl on PATH']);
  });

  it('tells everything that is wrong at once', async () => {
    fakeTool('kubectl', "console.error('error: context staging not found'); process.exitCode = 1");
    const own = read(kubernetesDriver, {
      ...settings,
      mesh: 'istio',
      workloads: { payment: { labels: { app: 'payment' }, mode: 'one' } },
    });
    const faults = [
      fault('crash'),
      fault('errors'),
      fault('latency', { parameters: { jitterMs: 5 } }),
      fault('cpu-burn', { parameters: { share: 2 } }),
      fault('crash', { service: 'search' }),
    ];
    expect(causes(await kubernetesDriver.check(own, faults, target))).toEqual([
      expect.stringMatching(
        /^FAULT_DRIVER_UNUSABLE kubectl .*: ended with 1: error: context staging not found$/,
      ),
      'INVALID_TARGET faults.workloads.payment.mode: a crash by delete-pod deletes all pods; say mode: all',
      'INVALID_TARGET faults.workloads.payment.host is missing: Istio makes errors by its name in the mesh',
      'INVALID_TARGET faults.workloads.payment.host is missing: Istio makes latency by its name in the mesh',
      expect.stringMatching(
        /^INVALID_TARGET faults.payment: StressChaos.spec.stressors.cpu.load must be <= 100/,
      ),
      'INVALID_TARGET faults.workloads.search is missing: nothing says which pods those are',
    ]);
  });

  it('refuses a jitter that Istio cannot make', async () => {
    fakeTool('kubectl');
    const own = read(kubernetesDriver, { ...settings, mesh: 'istio' });
    const faults = [fault('latency', { parameters: { jitterMs: 5 } })];
    expect(causes(await kubernetesDriver.check(own, faults, target))).toEqual([
      "INVALID_TARGET faults.mesh: Istio's delays have no jitter, and payment-latency asks for one",
    ]);
  });

  it('refuses a workload without labels, which would be every pod', () => {
    const result = kubernetesDriver.settings.safeParse({
      ...settings,
      workloads: { payment: { labels: {} } },
    });
    expect(result.error?.issues[0]?.message).toMatch(/all pods are meant/);
  });
});
