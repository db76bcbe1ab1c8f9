/** What a kind of fault is: parameters, and how it acts. A new kind is one file and one row in the index. */
import type { Server } from 'node:http';
import type { ServiceName } from '../../scenarios/catalog.ts';
import type { Autoscaler } from '../kit/autoscaler.ts';
import type { Conditions } from '../kit/conditions.ts';
import type { Interception } from '../kit/interception.ts';
import type { Workshop } from '../kit/kit.ts';

export type Parameters = Readonly<Record<string, number>>;

/** Ends a fault. */
export type TakeBack = () => void | Promise<void>;

/** Where a fault can act within a service's worker. */
export interface ServicePoints {
  readonly service: ServiceName;
  readonly server: Server;
  readonly interception: Interception;
  readonly conditions: Conditions;
  readonly stores: Workshop['stores'];
  readonly dependencies: Workshop['dependencies'];
  readonly autoscaler: Autoscaler;
}

/** What a fault can do to a service's process from outside. */
export interface ProcessPoints {
  /** Ends it; it stays away, and keeps its address. */
  kill(service: ServiceName): Promise<void>;
  /** Starts it again at its address, from its durable state; nothing happens if it runs. */
  restart(service: ServiceName): Promise<void>;
  /** Drops what the service wrote after a time, ms since the epoch, while it is away: a copy never had it. */
  forgetAfter(service: ServiceName, atMs: number): Promise<void>;
}

export interface FaultKind {
  /** Least and most of each parameter. All must be given. */
  readonly parameters: Readonly<Record<string, readonly [least: number, most: number]>>;
  /** What keeps the kind from meaning anything to the service ("calls nobody"); undefined if nothing does. */
  readonly unsuitable?: (points: ServicePoints) => string | undefined;
  /** Acts within the service; also when its process starts again while the fault lasts. */
  readonly act?: (points: ServicePoints, parameters: Parameters) => TakeBack | Promise<TakeBack>;
  /** Acts on the service's process. Resolves once the fault is in force. */
  readonly strike?: (
    points: ProcessPoints,
    service: ServiceName,
    parameters: Parameters,
  ) => Promise<TakeBack>;
}

/** Reads a parameter that the control server has checked. */
export function parameter(parameters: Parameters, name: string): number {
  const value = parameters[name];
  if (value === undefined) throw new Error(`parameter ${name} is missing`);
  return value;
}
