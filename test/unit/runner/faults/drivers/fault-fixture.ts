/** A target with two services, and faults on it. */
import type { z } from 'zod';
import { type FaultKind, faultKinds, type PlannedFault } from '../../../../../profiles/faults.ts';
import type { FaultDriver, FaultTarget } from '../../../../../runner/faults/types.ts';
import type { Problem } from '../../../../../scenarios/problem.ts';

export const target: FaultTarget = {
  environment: {
    name: 'staging',
    scale: 0.1,
    baseUrls: { payment: 'http://127.0.0.1:8001', search: 'http://127.0.0.1:8002' },
  },
  allow: ['127.0.0.1:8001', '127.0.0.1:8002', '127.0.0.1:9000'],
  headers: { 'x-tenant': 'rehearsal' },
  healthPaths: { payment: '/healthz', search: '/health' },
};

export function fault(kind: FaultKind, change: Partial<PlannedFault> = {}): PlannedFault {
  const service = change.service ?? 'payment';
  return {
    id: `${service}-${kind}`,
    service,
    kind,
    startSecond: 10,
    endSecond: 40,
    ...change,
    parameters: { ...faultKinds[kind].parameters, ...change.parameters },
  };
}

/** Settings as a target file gives them. */
export function read<S>(driver: FaultDriver<S>, settings: z.input<typeof driver.settings> | unknown): S {
  return driver.settings.parse(settings);
}

export function causes(problems: readonly Problem[]): string[] {
  return problems.map(({ code, cause }) => `${code} ${cause}`);
}
