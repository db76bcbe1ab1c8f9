/** The visit behind the typed interface; its route keys were checked by the compiler. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { RouteKey } from '../model.ts';
import { Answer } from './answer.ts';
import { tagPhase } from './clock.ts';
import { ContractBroken } from './contract.ts';
import { attempt, type LedgerFields, ledger } from './ledger.ts';
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
const tagWithPhase = tagPhase;

/** Broken contracts described in the ledger, per VU: enough to see why, bounded in an outage. */
const describedAtMost = 3;
let described = 0;

/**
 * A VU keeps one per scenario and begins it anew for each iteration: building objects is what costs. What
 * every request needs are variables of the constructor, which k6 reaches at a fraction of a property's cost.
 */
export class LiveVisit {
  readonly random = createRandom();
  session: Session | undefined;
  readonly exchange: Exchange;
  /** Number of the present iteration. */
  readonly iteration: () => number;
  /** Mean pause before each request but the first. */
  gapSeconds = 0;
  /** A new visitor, who knows nothing of the one before. */
  readonly begin: (iteration: number) => void;
  readonly send: (route: RouteKey, first?: First, second?: Content, parse?: boolean) => Response;
  private readonly setting: Setting;
  private trace: Trace | undefined;

  constructor(setting: Setting) {
    this.setting = setting;
    const { start, next } = this.random;
    const { stream, senderOf } = setting;
    const senders: Record<RouteKey, Send> = {};
    let step = 0;
    let current = 0;
    const exchange: Exchange = {
      responseTimeMs: 0,
      json: undefined,
      token: () => this.session?.accessToken ?? setting.ownToken(),
      traced: (route, url, body) => this.writeTrace(step, route, url, body),
      failed: (route, cause, status) => fail(setting.scenario, route, cause, status),
    };
    this.exchange = exchange;
    this.iteration = () => current;
    const prepare = (route: RouteKey): Send => {
      const sender = senderOf(route, exchange);
      senders[route] = sender;
      return sender;
    };
    this.begin = (iteration) => {
      this.session = undefined;
      current = iteration;
      start(stream, iteration);
      step = 0;
      if (isTraced) this.trace = new Trace(secrets);
    };
    this.send = (route, first, second, parse) => {
      step += 1;
      if (step > 1) {
        if (this.gapSeconds > 0) sleep(this.gapSeconds * (0.5 + next()));
        tagWithPhase();
      }
      return (senders[route] ?? prepare(route))(first, second, parse === true);
    };
  }

  get id(): string {
    return `${this.setting.upkeep ? 'upkeep-' : ''}${this.setting.scenario}-${seed}-${this.iteration()}`;
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

  attempt<T extends LedgerFields>(
    kind: string,
    ref: string,
    known: LedgerFields,
    act: () => T | undefined,
  ): T | undefined {
    return attempt(kind, ref, known, act);
  }

  private writeTrace(step: number, route: RouteKey, url: string, body: string | null): void {
    const { trace } = this;
    const { scenario, upkeep } = this.setting;
    const iteration = this.iteration();
    if (!trace) return;
    const path = trace.veil(url.replace(/^[a-z]+:\/\/[^/]+/, ''));
    // Upkeep bodies hold tokens, and are outside the promise that one seed sends one sequence.
    const veiled = upkeep || body === null ? null : trace.veil(body);
    ledger('request', { scenario, iteration, step, route, path, body: veiled, upkeep });
  }
}

function fail(scenario: string, route: RouteKey, cause: string, status: number): never {
  described += 1;
  if (described <= describedAtMost) ledger('broken-contract', { scenario, route, cause });
  if (!plan) exec.test.fail(`${route}: ${cause}`);
  throw new ContractBroken(`${route}: ${cause}`, status);
}
