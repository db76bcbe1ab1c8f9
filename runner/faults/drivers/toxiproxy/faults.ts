/** Kinds of faults as Toxiproxy knows them: a toxic on what the service answers, or a proxy that is switched off. */
import type { FaultKind, PlannedFault } from '../../../../profiles/faults.ts';
import type { Action } from '../../types.ts';

type Parameters = PlannedFault['parameters'];

interface Toxic {
  readonly type: string;
  /** Upstream is what clients send, downstream what they are answered. */
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
  /** Share of the connections that it acts on. */
  readonly toxicity: number;
}

/** Attributes are whole numbers in Toxiproxy. */
const toxics: { readonly [K in FaultKind]?: (parameters: Parameters) => Toxic } = {
  latency: ({ latencyMs = 0, jitterMs = 0 }) => ({
    type: 'latency',
    stream: 'downstream',
    attributes: { latency: Math.round(latencyMs), jitter: Math.round(jitterMs) },
    toxicity: 1,
  }),
  // With timeout 0 a connection stays open until the toxic is removed. Were answers swallowed instead of requests,
  // a service that closes its connections after each would close the client's too: that is no hang.
  hang: () => ({ type: 'timeout', stream: 'upstream', attributes: { timeout: 0 }, toxicity: 1 }),
  drop: ({ share = 1 }) => ({
    type: 'reset_peer',
    stream: 'downstream',
    attributes: { timeout: 0 },
    toxicity: share,
  }),
  bandwidth: ({ kilobytesPerSecond = 1 }) => ({
    type: 'bandwidth',
    stream: 'downstream',
    attributes: { rate: Math.max(1, Math.round(kilobytesPerSecond)) },
    toxicity: 1,
  }),
};

export const toxiproxyKinds: readonly FaultKind[] = ['refused', ...(Object.keys(toxics) as FaultKind[])];

const timeoutMs = 5_000;

/**
 * How a fault is put on a proxy and taken off it again; both may be done twice.
 * @param url of Toxiproxy's control interface
 * @param isOurs whether it ends with us, so that one that is gone has taken its faults along
 */
export function actionsOf(
  fault: PlannedFault,
  { url, proxy, isOurs }: { readonly url: string; readonly proxy: string; readonly isOurs: boolean },
): { readonly inject: readonly Action[]; readonly rollBack: readonly Action[] } {
  const path = `${url}/proxies/${encodeURIComponent(proxy)}`;
  const base = { type: 'http', timeoutMs } as const;
  const undo = isOurs ? { ...base, goneIsDone: true } : base;
  const toxic = toxics[fault.kind]?.(fault.parameters);
  if (toxic === undefined) {
    return {
      inject: [{ ...base, method: 'POST', url: path, body: { enabled: false } }],
      rollBack: [{ ...undo, method: 'POST', url: path, body: { enabled: true } }],
    };
  }
  const body = { name: fault.id, ...toxic };
  const toxicUrl = `${path}/toxics/${encodeURIComponent(fault.id)}`;
  return {
    inject: [{ ...base, method: 'POST', url: `${path}/toxics`, body, doneStatus: [200, 409] }],
    rollBack: [{ ...undo, method: 'DELETE', url: toxicUrl, doneStatus: [204, 404] }],
  };
}
