/** The visit behind the typed interface; its route keys were checked by the compiler. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { RouteKey } from '../model.ts';
import { Answer } from './answer.ts';
import { tagPhase } from './clock.ts';
import { ContractBroken } from './contract.ts';
import { type LedgerFields, ledger } from './ledger.ts';
import { createRandom } from './random.ts';
import type { Content, Exchange, Response, Send } from './request.ts';
import { isTracing, plan, secrets, seed } from './run.ts';
import type { Session } from './session.ts';
import { Trace } from './trace.ts';
import type { Params } from './url.ts';

/** What all visits of a scenario have in common. */
export interface Setting {
  readonly scenario: string;
  /** Selects the stream of random values, with the iteration's number. */
  readonly stream: number;
  /** Its requests keep a VU's session alive, and are no part of the modelled traffic. */
  readonly upkeep: boolean;
  readonly senderOf: (route: RouteKey, exchange: Exchange) => Send;
  /** A valid token of the VU's own session. */
  readonly ownToken: () => string;
}

type First = Params | Content;

// An imported name is looked up at each use, a local one is not.
const isTraced = isTracing;

/** Broken contracts described in the ledger, per VU: enough to see why, bounded in an outage. */
const describedAtMost = 3;
let described = 0;

/**
 * A VU keeps one per scenario and begins it anew for each iteration: building objects is what costs.
 * `send` is a field of its own as k6 looks methods up twice.
 */
export class LiveVisit {
  readonly random = createRandom();
  session: Session | undefined;
  /** Mean pause before each request but the first. */
  gapSeconds = 0;
  readonly send: (route: RouteKey, first?: First, second?: Content, parse?: boolean) => Response;
  readonly exchange: Exchange;
  private readonly setting: Setting;
  private iteration = 0;
  private step = 0;
  private trace: Trace | undefined;

  constructor(setting: Setting) {
    this.setting = setting;
    const exchange: Exchange = {
      responseTimeMs: 0,
      json: undefined,
      broken: undefined,
      sent: undefined,
      token: () => this.session?.accessToken ?? setting.ownToken(),
    };
    this.exchange = exchange;
    const senders: Record<RouteKey, Send> = {};
    const prepare = (route: RouteKey): Send => {
      const sender = setting.senderOf(route, exchange);
      senders[route] = sender;
      return sender;
    };
    this.send = (route, first, second, parse = false) => {
      this.step += 1;
      if (this.step > 1) this.pause();
      const response = (senders[route] ?? prepare(route))(first, second, parse);
      if (isTraced) this.writeTrace(route);
      if (exchange.broken !== undefined) fail(setting.scenario, route, exchange.broken);
      return response;
    };
  }

  /** A new visitor, who knows nothing of the one before. */
  begin(iteration: number): void {
    this.iteration = iteration;
    this.random.start(this.setting.stream, iteration);
    this.session = undefined;
    this.step = 0;
    this.exchange.responseTimeMs = 0;
    this.exchange.broken = undefined;
    if (isTraced) this.trace = new Trace(secrets);
    tagPhase();
  }

  get id(): string {
    return `${this.setting.upkeep ? 'upkeep-' : ''}${this.setting.scenario}-${seed}-${this.iteration}`;
  }

  ask(route: RouteKey, first?: First, second?: Content): Answer {
    const { status } = this.send(route, first, second, true);
    const { trace } = this;
    const onRead = trace && ((value: string, origin: string) => trace.learn(value, origin));
    return new Answer(this.setting.scenario, route, status, this.exchange.json, onRead, fail);
  }

  record(kind: string, fields: LedgerFields): void {
    ledger(kind, fields);
  }

  private pause(): void {
    if (this.gapSeconds > 0) sleep(this.gapSeconds * (0.5 + this.random.next()));
    tagPhase();
  }

  private writeTrace(route: RouteKey): void {
    const { iteration, step, trace } = this;
    const { scenario, upkeep } = this.setting;
    const { sent } = this.exchange;
    if (!trace || !sent) return;
    const path = trace.veil(sent.url.replace(/^[a-z]+:\/\/[^/]+/, ''));
    // Upkeep bodies hold tokens, and are outside the promise that one seed sends one sequence.
    const body = upkeep || sent.body === null ? null : trace.veil(sent.body);
    ledger('request', { scenario, iteration, step, route, path, body, upkeep });
  }
}

function fail(scenario: string, route: RouteKey, cause: string): never {
  described += 1;
  if (described <= describedAtMost) ledger('broken-contract', { scenario, route, cause });
  if (!plan) exec.test.fail(`${route}: ${cause}`);
  throw new ContractBroken(`${route}: ${cause}`);
}
