/**
 * Faults in a Kubernetes cluster, by `kubectl`: pods deleted, Chaos Mesh's objects, Istio's fault routes. What is
 * applied is generated from the fault, held against the published schemas, and shown by --dry-run.
 */
import { z } from 'zod';
import type { PlannedFault } from '../../../profiles/faults.ts';
import type { Problem } from '../../../scenarios/problem.ts';
import type { Action, FaultDriver, FaultProcedure, FaultTarget } from '../types.ts';
import { type KubernetesObject, meshFor, meshKinds, objectOf } from './kubernetes/objects.ts';
import { schemaFaults } from './kubernetes/validate.ts';
import { checksOf, probeProblems, probesSchema, settingsProblem } from './probes.ts';
import { rehearseActions, toolProblems } from './tools.ts';

const settings = z.strictObject({
  /** Both are named in every call: whatever kubectl's own context is, it is not used. */
  context: z.string().min(1),
  namespace: z.string().min(1),
  workloads: z.record(
    z.string(),
    z.strictObject({
      labels: z
        .record(z.string(), z.string())
        .refine((labels) => Object.keys(labels).length > 0, 'must name a label: without, all pods are meant'),
      host: z.string().min(1).optional(),
      mode: z.enum(['one', 'all']).default('all'),
      workers: z.int().min(1).max(64).default(1),
    }),
  ),
  /** How a crash is made: pods deleted once, or kept from running while it lasts (Chaos Mesh). */
  crash: z.enum(['delete-pod', 'pod-failure']).default('delete-pod'),
  /** Who makes faults that both can. */
  mesh: z.enum(['chaos-mesh', 'istio']).default('chaos-mesh'),
  probes: probesSchema,
});

type KubernetesSettings = z.infer<typeof settings>;

const timeoutMs = 30_000;

export const kubernetesDriver: FaultDriver<KubernetesSettings> = {
  name: 'kubernetes',
  kinds: meshKinds,
  settings,
  check: async (own, faults, target) => [
    ...(await toolProblems('kubectl', [kubectl(own, 'config', 'get-contexts', own.context, '-o', 'name')])),
    ...faults.flatMap((fault) => faultProblems(own, fault)),
    ...probeProblems(faults, own.probes, target),
  ],
  describe: procedures,
  prepare: async (own, faults, { target, signal }) => {
    const all = procedures(own, faults, target);
    // The cluster itself is asked whether it would take each: rights, admission, and whether the mesh is there.
    await rehearseActions(
      all.flatMap(({ inject }) => inject.map((action) => asDryRun(action))),
      signal,
    );
    return { procedures: all, stop: async () => {} };
  },
};

function procedures(own: KubernetesSettings, faults: readonly PlannedFault[], target: FaultTarget) {
  return faults.flatMap((fault): FaultProcedure[] => {
    const actions = isDeletion(own, fault) ? deletion(own, fault) : application(own, fault);
    if (actions === undefined) return [];
    return [{ fault, driver: 'kubernetes', ...actions, ...checksOf(fault, own.probes, target) }];
  });
}

function isDeletion(own: KubernetesSettings, fault: PlannedFault): boolean {
  return fault.kind === 'crash' && own.crash === 'delete-pod';
}

interface Actions {
  readonly inject: readonly Action[];
  readonly rollBack: readonly Action[];
}

/** Nothing is to be taken back: whoever owns the pods makes new ones, which is what the drill is about. */
function deletion(own: KubernetesSettings, fault: PlannedFault): Actions | undefined {
  const workload = own.workloads[fault.service];
  if (workload === undefined) return undefined;
  const selector = Object.entries(workload.labels).map(([name, value]) => `${name}=${value}`);
  const flags = ['--selector', selector.join(','), '--now', '--wait=false'];
  return { inject: [kubectl(own, 'delete', 'pods', ...flags)], rollBack: [] };
}

function application(own: KubernetesSettings, fault: PlannedFault): Actions | undefined {
  const object = objectFor(own, fault);
  if (object === undefined) return undefined;
  const group = object.apiVersion.split('/')[0];
  const named = [`${object.kind.toLowerCase()}.${group}`, object.metadata.name];
  return {
    inject: [{ ...kubectl(own, 'apply', '--filename', '-'), input: `${JSON.stringify(object, null, 2)}\n` }],
    rollBack: [kubectl(own, 'delete', ...named, '--ignore-not-found', '--timeout=20s')],
  };
}

function objectFor(own: KubernetesSettings, fault: PlannedFault): KubernetesObject | undefined {
  const workload = own.workloads[fault.service];
  return workload && objectOf(fault, { namespace: own.namespace, workload }, own.mesh);
}

type ProcessAction = Extract<Action, { type: 'process' }>;

function kubectl(own: KubernetesSettings, ...args: string[]): ProcessAction {
  const where = [`--context=${own.context}`, `--namespace=${own.namespace}`];
  return { type: 'process', file: 'kubectl', args: [...where, ...args], timeoutMs };
}

function asDryRun(action: Action): Action {
  return action.type === 'process' ? { ...action, args: [...action.args, '--dry-run=server'] } : action;
}

function faultProblems(own: KubernetesSettings, fault: PlannedFault): Problem[] {
  const { service, kind } = fault;
  const workload = own.workloads[service];
  if (workload === undefined) {
    return [settingsProblem(`workloads.${service} is missing: nothing says which pods those are`)];
  }
  if (isDeletion(own, fault)) {
    if (workload.mode === 'all') return [];
    return [
      settingsProblem(`workloads.${service}.mode: a crash by delete-pod deletes all pods; say mode: all`),
    ];
  }
  if (meshFor(kind, own.mesh) === 'istio' && workload.host === undefined) {
    return [
      settingsProblem(`workloads.${service}.host is missing: Istio makes ${kind} by its name in the mesh`),
    ];
  }
  if (meshFor(kind, own.mesh) === 'istio' && fault.parameters.jitterMs) {
    return [settingsProblem(`mesh: Istio's delays have no jitter, and ${fault.id} asks for one`)];
  }
  const object = objectFor(own, fault);
  return object === undefined
    ? []
    : schemaFaults(object).map((text) => settingsProblem(`${service}: ${text}`));
}
