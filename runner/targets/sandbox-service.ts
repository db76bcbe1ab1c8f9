/** One service of the stand-in, to be profiled: at its own address, with as many replicas as it has at rest. */
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { RunningTarget } from '../types.ts';
import { sandboxTarget } from './sandbox.ts';

export interface SandboxService {
  readonly target: RunningTarget;
  /** Past the gateway. Without a trailing slash. */
  readonly url: string;
  readonly pid: number;
  /** Websocket of the inspector of the whole stand-in; the service is a worker thread of its name. */
  readonly inspectorUrl: string | undefined;
}

/** Tokens must outlive a profile that repeats recorded requests. */
const tokenLifetimeSeconds = 3600;

/**
 * Starts the whole stand-in: a service needs those that it calls. Gateway and other services reach it at `detour`.
 * @throws PeakproofError SANDBOX_FAILED.
 */
export async function startSandboxService(service: string, detour: string): Promise<SandboxService> {
  const { startSandbox } = await import('../../sandbox/sandbox.ts');
  const sandbox: Sandbox = await startSandbox({
    inspect: true,
    fixedReplicas: true,
    tokenLifetimeSeconds,
    detours: { [service]: detour },
  });
  const url = (sandbox.serviceUrls as Readonly<Record<string, string>>)[service] ?? sandbox.gatewayUrl;
  return { target: sandboxTarget(sandbox), url, pid: sandbox.pid, inspectorUrl: sandbox.inspectorUrl };
}
