/**
 * Faults as Kubernetes objects: Chaos Mesh's PodChaos, NetworkChaos and StressChaos, and Istio's VirtualService.
 * Pure: the same fault gives the same object.
 */
import type { FaultKind, PlannedFault } from '../../../../profiles/faults.ts';

/** Where a service runs, as the settings say. */
export interface Workload {
  /** Labels that all its pods have, and no others. */
  readonly labels: Readonly<Record<string, string>>;
  /** Its name in the mesh, for Istio. */
  readonly host?: string | undefined;
  /** Which of its pods: one, or all. */
  readonly mode: 'one' | 'all';
  /** How many workers stress each pod. */
  readonly workers: number;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: 'PodChaos' | 'NetworkChaos' | 'StressChaos' | 'VirtualService';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly namespace: string;
  readonly workload: Workload;
}

type Spec = Readonly<Record<string, unknown>>;
type SpecOf = (
  parameters: PlannedFault['parameters'],
  context: { seconds: number; workload: Workload },
) => Spec;

/** Without the digits that binary fractions add: 7, not 7.000000000000001. */
const percent = (share: number): number => Number((share * 100).toFixed(4));

/** In Chaos Mesh. `tc` reads `bps` as bytes a second; the bucket holds what its documentation proposes. */
const chaosMesh: {
  readonly [K in FaultKind]?: {
    readonly kind: Exclude<KubernetesObject['kind'], 'VirtualService'>;
    readonly spec: SpecOf;
  };
} = {
  crash: { kind: 'PodChaos', spec: () => ({ action: 'pod-failure' }) },
  latency: {
    kind: 'NetworkChaos',
    spec: ({ latencyMs = 0, jitterMs = 0 }) => ({
      action: 'delay',
      delay: { latency: `${latencyMs}ms`, jitter: `${jitterMs}ms`, correlation: '0' },
    }),
  },
  drop: {
    kind: 'NetworkChaos',
    spec: ({ share = 1 }) => ({ action: 'loss', loss: { loss: String(percent(share)), correlation: '0' } }),
  },
  bandwidth: {
    kind: 'NetworkChaos',
    spec: ({ kilobytesPerSecond = 1 }) => ({
      action: 'bandwidth',
      bandwidth: { rate: `${kilobytesPerSecond}kbps`, limit: 20_971_520, buffer: 10_000 },
    }),
  },
  'cpu-burn': {
    kind: 'StressChaos',
    spec: ({ share = 1 }, { workload }) => ({
      stressors: { cpu: { workers: workload.workers, load: Math.round(share * 100) } },
    }),
  },
  // Chaos Mesh takes the memory at once, not bit by bit: what the leak would have taken in the end.
  'memory-leak': {
    kind: 'StressChaos',
    spec: ({ megabytesPerSecond = 0 }, { seconds, workload }) => ({
      stressors: {
        memory: { workers: workload.workers, size: `${Math.ceil(megabytesPerSecond * seconds)}MB` },
      },
    }),
  },
};

/** In Istio. A fault without a percentage would act on no request at all. */
const istio: { readonly [K in FaultKind]?: (parameters: PlannedFault['parameters']) => Spec } = {
  latency: ({ latencyMs = 0 }) => ({
    delay: { fixedDelay: `${latencyMs / 1000}s`, percentage: { value: 100 } },
  }),
  errors: ({ share = 1 }) => ({ abort: { httpStatus: 500, percentage: { value: percent(share) } } }),
};

export type Mesh = 'chaos-mesh' | 'istio';

const kindsOf = { 'chaos-mesh': Object.keys(chaosMesh), istio: Object.keys(istio) } as Readonly<
  Record<Mesh, FaultKind[]>
>;

export const meshKinds: readonly FaultKind[] = [...new Set([...kindsOf['chaos-mesh'], ...kindsOf.istio])];

/** Which of the two makes a fault: the preferred one if it can, else the other. */
export function meshFor(kind: FaultKind, preferred: Mesh): Mesh {
  const other = preferred === 'istio' ? 'chaos-mesh' : 'istio';
  return kindsOf[preferred].includes(kind) ? preferred : other;
}

/** The object that makes the fault for as long as it exists; undefined where neither mesh can. */
export function objectOf(fault: PlannedFault, place: Place, preferred: Mesh): KubernetesObject | undefined {
  return meshFor(fault.kind, preferred) === 'istio'
    ? virtualServiceOf(fault, place)
    : chaosObjectOf(fault, place);
}

function chaosObjectOf(fault: PlannedFault, { namespace, workload }: Place): KubernetesObject | undefined {
  const recipe = chaosMesh[fault.kind];
  if (recipe === undefined) return undefined;
  const seconds = fault.endSecond - fault.startSecond;
  return {
    apiVersion: 'chaos-mesh.org/v1alpha1',
    kind: recipe.kind,
    metadata: metadataOf(fault, namespace),
    spec: {
      mode: workload.mode,
      selector: { namespaces: [namespace], labelSelectors: workload.labels },
      // It ends by itself a little after it was to be deleted, should nobody be left to delete it.
      duration: `${Math.ceil(seconds) + spareSeconds}s`,
      ...recipe.spec(fault.parameters, { seconds, workload }),
    },
  };
}

const spareSeconds = 10;

function virtualServiceOf(fault: PlannedFault, { namespace, workload }: Place): KubernetesObject | undefined {
  const spec = istio[fault.kind]?.(fault.parameters);
  if (spec === undefined || workload.host === undefined) return undefined;
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadataOf(fault, namespace),
    spec: {
      hosts: [workload.host],
      http: [{ fault: spec, route: [{ destination: { host: workload.host } }] }],
    },
  };
}

/** Names in Kubernetes are DNS labels (RFC 1123): at most 63 of a–z, 0–9 and hyphens. */
function metadataOf(fault: PlannedFault, namespace: string): KubernetesObject['metadata'] {
  const name = `peakproof-${fault.id}`.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
  return {
    name: name.slice(0, 63).replace(/-+$/, ''),
    namespace,
    labels: { 'app.kubernetes.io/managed-by': 'peakproof' },
  };
}
