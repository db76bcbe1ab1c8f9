/** The visit behind the typed interface; its route keys were checked by the compiler. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { RouteKey } from '../model.ts';
import { Answer } from './answer.ts';
import { tagPhase } from './clock.ts';
import { ContractBroken, type JsonObject } from './contract.ts';
import { type LedgerFields, ledger } from './ledger.ts';
import { Random } from './random.ts';
import type { Content, Outcome, Response, Sender } from './request.ts';
import { plan, secrets, seed, tracing } from './run.ts';
import type { Session } from './session.ts';
import { Trace } from './trace.ts';

/** What all visits of a scenario have in common. */
export interface Setting {
  readonly scenario: string;
  /** Selects the stream of random values, with the iteration's number. */
  readonly stream: number;
  /** Its requests keep a VU's session alive, and are no part of the modelled traffic. */
  readonly upkeep: boolean;
  readonly senderOf: (route: RouteKey) => Sender;
  /** A valid token of the VU's own session. */
  readonly ownToken: () => string;
}

const nothing: Content = {};

/** Broken contracts described in the ledger, per VU: enough to see why, bounded in an outage. */
const describedAtMost = 3;
let described = 0;

/** A VU keeps one per scenario and begins it anew for each iteration: building objects is what costs. */
export class LiveVisit implements Outcome {
  readonly random = new Random();
  session: Session | undefined;
  /** Mean pause before each request but the first. */
  gapSeconds = 0;
  responseTimeMs = 0;
  json: JsonObject | undefined;
  broken: string | undefined;
  sent: Outcome['sent'];
  private readonly setting: Setting;
  private readonly senders: Record<RouteKey, Sender> = {};
  private iteration = 0;
  private step = 0;
  private trace: Trace | undefined;

  constructor(setting: Setting) {
    this.setting = setting;
  }

  /** A new visitor, who knows nothing of the one before. */
  begin(iteration: number): void {
    this.iteration = iteration;
    this.random.start(this.setting.stream, iteration);
    this.session = undefined;
    this.responseTimeMs = 0;
    this.broken = undefined;
    this.step = 0;
    if (tracing) this.trace = new Trace(secrets);
    tagPhase();
  }

  get id(): string {
    return `${this.setting.upkeep ? 'upkeep-' : ''}${this.setting.scenario}-${seed}-${this.iteration}`;
  }

  send(route: RouteKey, content: Content = nothing, parse = false): Response {
    if (this.step > 0) this.pause();
    this.step += 1;
    const sender = this.senders[route] ?? this.prepare(route);
    const response = sender.send(this, content, sender.needsCustomer ? this.token() : undefined, parse);
    if (this.trace) this.writeTrace(this.trace, route);
    if (this.broken !== undefined) fail(this.setting.scenario, route, this.broken);
    return response;
  }

  ask(route: RouteKey, content: Content = nothing): Answer {
    const { status } = this.send(route, content, true);
    const { trace } = this;
    const onRead = trace && ((value: string, origin: string) => trace.learn(value, origin));
    return new Answer(route, status, this.json, onRead);
  }

  record(kind: string, fields: LedgerFields): void {
    ledger(kind, fields);
  }

  private pause(): void {
    if (this.gapSeconds > 0) sleep(this.gapSeconds * (0.5 + this.random.next()));
    tagPhase();
  }

  private prepare(route: RouteKey): Sender {
    const sender = this.setting.senderOf(route);
    this.senders[route] = sender;
    return sender;
  }

  private token(): string {
    return this.session?.accessToken ?? this.setting.ownToken();
  }

  private writeTrace(trace: Trace, route: RouteKey): void {
    const { scenario, upkeep } = this.setting;
    const { iteration, step, sent } = this;
    const path = trace.veil(sent?.url.replace(/^[a-z]+:\/\/[^/]+/, '') ?? '');
    // Upkeep bodies hold tokens, and are outside the promise that one seed sends one sequence.
    const body = upkeep || !sent?.body ? null : trace.veil(sent.body);
    ledger('request', { scenario, iteration, step, route, path, body, upkeep });
  }
}

function fail(scenario: string, route: RouteKey, cause: string): never {
  described += 1;
  if (described <= describedAtMost) ledger('broken-contract', { scenario, route, cause });
  if (!plan) exec.test.fail(`${route}: ${cause}`);
  throw new ContractBroken(`${route}: ${cause}`);
}
