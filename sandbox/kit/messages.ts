/** Messages between runner, sandbox process and its worker threads. */
import type { ServiceName } from '../../scenarios/catalog.ts';

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

export interface StartOrder {
  readonly type: 'start';
  readonly gatewayPort: number;
  readonly impairments: readonly Impairment[];
  readonly tokenLifetimeSeconds: number;
  /** A fresh folder, removed at the end, if undefined. */
  readonly dataFolder?: string;
}

export type ToSandbox = StartOrder | { type: 'kill'; service: ServiceName } | { type: 'stop' };

export type FromSandbox =
  | { type: 'progress'; message: string }
  | { type: 'ready'; addresses: Addresses; secrets: Secrets }
  | { type: 'failed'; reason: string; occupiedPort?: number }
  | { type: 'killed'; service: ServiceName };

/** Everything a worker is told when it starts. */
export interface ServiceSettings {
  readonly service: ServiceName;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly impairments: readonly Impairment[];
  readonly tokenLifetimeSeconds: number;
  readonly tokenKey: string;
  readonly secrets: Secrets;
  readonly dataFolder: string;
}

export type ToWorker = { type: 'peers'; addresses: Addresses };

export type FromWorker =
  | { type: 'listening'; port: number }
  | { type: 'ready' }
  | { type: 'failed'; reason: string; occupiedPort?: number };
