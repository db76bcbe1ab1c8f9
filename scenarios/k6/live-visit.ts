/** The visit behind the typed interface; its route keys were checked by the compiler. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { RouteKey } from '../model.ts';
import { ContractBroken } from './contract.ts';
import { type LedgerFields, ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Reply } from './reply.ts';
import type { Content, Sender } from './request.ts';
import { plan, secrets, seed, tracing } from './run.ts';
import type { Session } from './session.ts';
import { Trace } from './trace.ts';

/** What all visits of a scenario have in common. */
export interface Setting {
  readonly scenario: string;
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

export class LiveVisit {
  readonly random: Random;
  session: Session | undefined;
  /** Sum of the response times so far. */
  responseTimeMs = 0;
  private readonly setting: Setting;
  private readonly iteration: number;
  private readonly gapSeconds: number;
  private readonly trace = tracing ? new Trace(secrets) : undefined;
  private step = 0;

  /** `gapSeconds` is the mean pause before each request but the first. */
  constructor(setting: Setting, iteration: number, random: Random, gapSeconds: number) {
    this.setting = setting;
    this.iteration = iteration;
    this.random = random;
    this.gapSeconds = gapSeconds;
  }

  get id(): string {
    return `${this.setting.upkeep ? 'upkeep-' : ''}${this.setting.scenario}-${seed}-${this.iteration}`;
  }

  send(route: RouteKey, content: Content = nothing): Reply {
    return this.exchange(route, content, false);
  }

  ask(route: RouteKey, content: Content = nothing): Reply {
    return this.exchange(route, content, true);
  }

  record(kind: string, fields: LedgerFields): void {
    ledger(kind, fields);
  }

  private exchange(route: RouteKey, content: Content, parse: boolean): Reply {
    if (this.step > 0 && this.gapSeconds > 0) sleep(this.gapSeconds * (0.5 + this.random.next()));
    this.step += 1;
    const sender = this.setting.senderOf(route);
    const token = sender.needsCustomer ? (this.session?.accessToken ?? this.setting.ownToken()) : undefined;
    const reply = sender.send(content, token, parse);
    this.responseTimeMs += reply.durationMs;
    if (this.trace) this.writeTrace(this.trace, reply);
    if (reply.broken !== undefined) fail(this.setting.scenario, route, reply.broken);
    return reply;
  }

  private writeTrace(trace: Trace, reply: Reply): void {
    const { scenario, upkeep } = this.setting;
    const { iteration, step } = this;
    const path = trace.veil(reply.url.replace(/^[a-z]+:\/\/[^/]+/, ''));
    // Upkeep bodies hold tokens, and are outside the promise that one seed sends one sequence.
    const body = reply.sentBody === null || upkeep ? null : trace.veil(reply.sentBody);
    ledger('request', { scenario, iteration, step, route: reply.route, path, body, upkeep });
    reply.onRead = (value, field) => trace.learn(value, `${reply.route}.${field}`);
  }
}

function fail(scenario: string, route: RouteKey, cause: string): never {
  described += 1;
  if (described <= describedAtMost) ledger('broken-contract', { scenario, route, cause });
  if (!plan) exec.test.fail(`${route}: ${cause}`);
  throw new ContractBroken(`${route}: ${cause}`);
}
