/** Talks to a sandbox's control server. */
import type { Sandbox } from '../../sandbox/sandbox.ts';

export interface ControlAnswer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

export interface Fault {
  readonly kind: string;
  readonly service: string;
  readonly parameters?: Readonly<Record<string, number>>;
}

export interface SandboxControl {
  readonly get: (path: string) => Promise<ControlAnswer>;
  readonly put: (id: string, fault: unknown) => Promise<ControlAnswer>;
  readonly check: (fault: unknown) => Promise<ControlAnswer>;
  readonly remove: (id: string) => Promise<ControlAnswer>;
  /** Injects the fault, does something, takes the fault back; throws if it could not be injected or taken back. */
  readonly during: (fault: Fault, act: () => Promise<void>) => Promise<void>;
}

export function controlOf({ control: { url, token } }: Pick<Sandbox, 'control'>): SandboxControl {
  async function send(method: string, path: string, body?: unknown): Promise<ControlAnswer> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text ? JSON.parse(text) : {} };
  }
  const get: SandboxControl['get'] = (path) => send('GET', path);
  const put: SandboxControl['put'] = (id, fault) => send('PUT', `/faults/${id}`, fault);
  const remove: SandboxControl['remove'] = (id) => send('DELETE', `/faults/${id}`);
  return {
    get,
    check: (fault) => send('POST', '/checks', fault),
    put,
    remove,
    async during(fault, act) {
      const { status, json } = await put('under-test', fault);
      if (status !== 200) throw new Error(`not injected: ${status} ${JSON.stringify(json)}`);
      await act().finally(() => remove('under-test'));
      const left = await get('/faults/under-test');
      if (left.status !== 404) throw new Error(`not taken back: ${JSON.stringify(left.json)}`);
    },
  };
}
