/** Messages between runner, sandbox process and its worker threads. */
import type { ServiceName } from '../../scenarios/catalog.ts';
import type { Defect } from '../defects.ts';

/** Makes one service misbehave: for runs that must fail. */
export interface Impairment {
  readonly service: ServiceName;
  readonly addedLatencyMs?: number;
  /** How much longer each answer takes than it would: 0.2 makes it 20 % slower. */
  readonly addedLatencyShare?: number;
  /** Pages end their load so much later, by a picture that only browsers load. */
  readonly pageLoadDelayMs?: number;
  /** Share of requests answered 500, 0 to 1. */
  readonly errorShare?: number;
}

export type Addresses = Readonly<Record<ServiceName, string>>;

export interface Secrets {
  readonly customerPassword: string;
  readonly webhookSecret: string;
}

/** Where faults are injected and taken back, and the bearer token that this needs. */
export interface ControlAccess {
  readonly url: string;
  readonly token: string;
}

export interface StartOrder {
  readonly type: 'start';
  readonly gatewayPort: number;
  readonly impairments: readonly Impairment[];
  readonly defects: readonly Defect[];
  readonly tokenLifetimeSeconds: number;
  /** A fresh folder, removed at the end, if undefined. */
  readonly dataFolder?: string;
  /** Opens the process' inspector on a free loopback port. */
  readonly inspect: boolean;
  /** Every service keeps the replicas that it has at rest, so that its capacity means one thing. */
  readonly fixedReplicas: boolean;
  /** Where services find others instead of at their own addresses: something that looks at what is sent. */
  readonly detours: Partial<Addresses>;
}

export type ToSandbox = StartOrder | { type: 'kill'; service: ServiceName } | { type: 'stop' };

export type FromSandbox =
  | { type: 'progress'; message: string }
  | { type: 'ready'; addresses: Addresses; secrets: Secrets; control: ControlAccess; inspectorUrl?: string }
  | { type: 'failed'; reason: string; occupiedPort?: number }
  | { type: 'killed'; service: ServiceName };

/** What is the same for every service. */
export interface SharedSettings {
  readonly impairments: readonly Impairment[];
  readonly defects: readonly Defect[];
  readonly tokenLifetimeSeconds: number;
  readonly tokenKey: string;
  readonly secrets: Secrets;
  readonly dataFolder: string;
  /** Absolute folder of the files that the storefront serves as they are. */
  readonly mediaFolder: string;
  /** No service adds or removes replicas. */
  readonly fixedReplicas: boolean;
}

export interface ServiceSettings extends SharedSettings {
  readonly service: ServiceName;
}

/** Everything a worker is told when it starts. */
export interface WorkerSettings extends SharedSettings {
  /** The services it runs, each with its port; 0 lets it choose. */
  readonly ports: Readonly<Partial<Record<ServiceName, number>>>;
}

/** A fault as it acts within one service. */
export interface FaultOrder {
  readonly id: string;
  readonly service: ServiceName;
  readonly kind: string;
  readonly parameters: Readonly<Record<string, number>>;
}

/** What a worker is asked for; each has an answer. */
export type Question =
  | { readonly type: 'check'; readonly fault: FaultOrder }
  | { readonly type: 'inject'; readonly fault: FaultOrder }
  | { readonly type: 'take-back'; readonly service: ServiceName; readonly id: string }
  | { readonly type: 'facts' };

export type ToWorker =
  | { type: 'peers'; addresses: Addresses }
  | { type: 'die' }
  | { type: 'ask'; number: number; question: Question };

export type FromWorker =
  | { type: 'listening'; service: ServiceName; port: number }
  | { type: 'ready' }
  | { type: 'failed'; reason: string; occupiedPort?: number }
  | { type: 'answer'; number: number; value: unknown }
  | { type: 'refusal'; number: number; reason: string }
  /** The answer to an order has left the process. */
  | { type: 'acknowledged'; orderId: string; atMs: number };
