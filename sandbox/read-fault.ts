/** Reads a fault as it is sent to the control server; what is wrong with it is told at once. */
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import { nearest } from '../scenarios/nearest.ts';
import { type FaultKindName, faultKinds, isFaultKind } from './faults/index.ts';
import type { FaultKind, Parameters } from './faults/types.ts';

/** A fault of a known kind, at a known service, with every parameter in its range. */
export interface CheckedFault {
  readonly kind: FaultKindName;
  readonly service: ServiceName;
  readonly parameters: Parameters;
}

const isService = (name: unknown): name is ServiceName =>
  typeof name === 'string' && Object.hasOwn(catalog, name);

export function readFault(body: unknown): CheckedFault | { readonly reasons: readonly string[] } {
  if (!isRecord(body)) return { reasons: ['the body is no JSON object'] };
  const { kind, service, parameters = {}, ...others } = body;
  const reasons = Object.keys(others).map((name) => `there is no key "${name}"`);
  const isKind = typeof kind === 'string' && isFaultKind(kind);
  if (!isKind) reasons.push(unknown('kind', kind, Object.keys(faultKinds)));
  if (!isService(service)) reasons.push(unknown('service', service, Object.keys(catalog)));
  if (!isRecord(parameters)) reasons.push('parameters is no JSON object');
  else if (isKind) reasons.push(...wrongParameters(faultKinds[kind].parameters, parameters));
  if (reasons.length > 0 || !isKind || !isService(service)) return { reasons };
  return { kind, service, parameters: parameters as Parameters };
}

function wrongParameters(known: FaultKind['parameters'], given: Readonly<Record<string, unknown>>): string[] {
  const strange = Object.keys(given).filter((name) => !Object.hasOwn(known, name));
  return [
    ...strange.map((name) => unknown('parameter', name, Object.keys(known))),
    ...Object.entries(known).flatMap(([name, [least, most]]) => {
      const value = given[name];
      if (typeof value === 'number' && value >= least && value <= most) return [];
      return [
        `${name} must be a number from ${least} to ${most}, not ${JSON.stringify(value) ?? 'left out'}`,
      ];
    }),
  ];
}

function unknown(what: string, name: unknown, known: readonly string[]): string {
  if (typeof name !== 'string') return `${what} must be a text, not ${JSON.stringify(name) ?? 'left out'}`;
  const close = nearest(name, known);
  return `there is no ${what} "${name}"${close === undefined ? '' : `; did you mean "${close}"?`}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
