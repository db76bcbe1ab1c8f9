/** The visit behind the typed interface; its route keys were checked by the compiler. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { RouteKey } from '../model.ts';
import { Answer } from './answer.ts';
import { ContractBroken } from './contract.ts';
import { type LedgerFields, ledger } from './ledger.ts';
import { Random } from './random.ts';
import type { Content, Exchange, Response, Sender } from './request.ts';
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
export class LiveVisit {
  readonly random = new Random();
  session: Session | undefined;
  /** Mean pause before each request but the first. */
  gapSeconds = 0;
  /** Sum of the response times so far. */
  responseTimeMs = 0;
  private readonly setting: Setting;
  private readonly exchange: Exchange = {
    url: '',
    sentBody: null,
    durationMs: 0,
    json: undefined,
    broken: undefined,
  };
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
    this.gapSeconds = 0;
    this.responseTimeMs = 0;
    this.step = 0;
    if (tracing) this.trace = new Trace(secrets);
  }

  get id(): string {
    return `${this.setting.upkeep ? 'upkeep-' : ''}${this.setting.scenario}-${seed}-${this.iteration}`;
  }

  send(route: RouteKey, content: Content = nothing): Response {
    return this.perform(route, content, false);
  }

  ask(route: RouteKey, content: Content = nothing): Answer {
    const { status } = this.perform(route, content, true);
    const { trace } = this;
    const onRead = trace && ((value: string, origin: string) => trace.learn(value, origin));
    return new Answer(route, status, this.exchange.json, onRead);
  }

  record(kind: string, fields: LedgerFields): void {
    ledger(kind, fields);
  }

  private perform(route: RouteKey, content: Content, parse: boolean): Response {
    const { exchange, setting } = this;
    if (this.step > 0 && this.gapSeconds > 0) sleep(this.gapSeconds * (0.5 + this.random.next()));
    this.step += 1;
    const sender = setting.senderOf(route);
    const token = sender.needsCustomer ? (this.session?.accessToken ?? setting.ownToken()) : undefined;
    const response = sender.send(exchange, content, token, parse);
    this.responseTimeMs += exchange.durationMs;
    if (this.trace) this.writeTrace(this.trace, route);
    if (exchange.broken !== undefined) fail(setting.scenario, route, exchange.broken);
    return response;
  }

  private writeTrace(trace: Trace, route: RouteKey): void {
    const { scenario, upkeep } = this.setting;
    const { iteration, step } = this;
    const { url, sentBody } = this.exchange;
    const path = trace.veil(url.replace(/^[a-z]+:\/\/[^/]+/, ''));
    // Upkeep bodies hold tokens, and are outside the promise that one seed sends one sequence.
    const body = sentBody === null || upkeep ? null : trace.veil(sentBody);
    ledger('request', { scenario, iteration, step, route, path, body, upkeep });
  }
}

function fail(scenario: string, route: RouteKey, cause: string): never {
  described += 1;
  if (described <= describedAtMost) ledger('broken-contract', { scenario, route, cause });
  if (!plan) exec.test.fail(`${route}: ${cause}`);
  throw new ContractBroken(`${route}: ${cause}`);
}
