/** One iteration as a visitor of the system: sends requests, thinks between them, may sign in. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { Catalog, RouteKey, RouteKeyOf } from '../model.ts';
import { ContractBroken, type JsonObject } from './contract.ts';
import { type LedgerFields, ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Message, Result, Sender } from './request.ts';
import { plan, secrets, tracing } from './run.ts';
import type { Session } from './session.ts';
import { Trace } from './trace.ts';
import type { ParamOf, Query } from './url.ts';

type PathOf<C extends Catalog, R> = R extends `${infer S}.${infer N}`
  ? NonNullable<NonNullable<C[S]>['routes'][N]>['path']
  : never;

interface Content {
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses this very request may have, where a scenario knows more than the contract. */
  readonly expect?: readonly number[];
}

interface Doubt {
  /** Says what is wrong with an answer beyond its contract; undefined if nothing is. */
  readonly doubt?: (json: JsonObject) => string | undefined;
}

/** What a request of this route carries: one value for each `:param` of its path, and more. */
type ContentOf<Path extends string, More> = [ParamOf<Path>] extends [never]
  ? [content?: Content & More]
  : [content: Content & More & { readonly params: Readonly<Record<ParamOf<Path>, string>> }];

export interface Sent {
  readonly status: number;
  /** A response header by its canonical name (`Etag`); undefined if absent. */
  header(name: string): string | undefined;
}

/** An answer whose JSON the visit goes on with. The accessors throw if a field is of another type. */
export interface Answer extends Sent {
  readonly json: JsonObject;
  text(field: string): string;
  number(field: string): number;
}

/** What an action of a scenario is given. `R` are the routes that the traffic model lists for it. */
export interface Visit<C extends Catalog, R extends RouteKey = RouteKeyOf<C>> {
  /** Names this visit, the same in every run with one seed: for cart ids, order references, keys. */
  readonly id: string;
  readonly random: Random;
  /** Who is signed in; without it, requests that need a customer use the VU's own session. */
  session: Session | undefined;
  /** Sends a request and holds the answer against its contract. Throws ContractBroken. */
  send<K extends R>(route: K, ...content: ContentOf<PathOf<C, K>, unknown>): Sent;
  /** The same, with the answer's JSON. */
  ask<K extends R>(route: K, ...content: ContentOf<PathOf<C, K>, Doubt>): Answer;
  /** Writes what the system acknowledged to the ledger, for the audits after the load. */
  record(kind: string, fields: LedgerFields): void;
}

export interface VisitSetting {
  readonly scenario: string;
  readonly id: string;
  readonly iteration: number;
  readonly random: Random;
  /** Mean pause before each request but the first. */
  readonly gapSeconds: number;
  readonly upkeep: boolean;
  readonly senderOf: (route: RouteKey) => Sender;
  /** A valid token of the VU's own session. */
  readonly ownToken: () => string;
}

type LooseContent = Content & Doubt & { readonly params?: Readonly<Record<string, string>> };

/** Broken contracts described in the ledger, per VU: enough to see why, bounded in an outage. */
const describedAtMost = 3;
let described = 0;

/** The visit behind the typed interface; route keys were checked by the compiler. */
export class LiveVisit {
  readonly id: string;
  readonly random: Random;
  session: Session | undefined;
  /** Sum of the response times so far. */
  responseTimeMs = 0;
  private readonly setting: VisitSetting;
  private readonly trace = tracing ? new Trace(secrets) : undefined;
  private step = 0;

  constructor(setting: VisitSetting) {
    this.id = setting.id;
    this.random = setting.random;
    this.setting = setting;
  }

  send(route: RouteKey, content?: LooseContent): Sent {
    return sentOf(this.exchange(route, content, false));
  }

  ask(route: RouteKey, content?: LooseContent): Answer {
    const result = this.exchange(route, content, true);
    const field = <T>(name: string, type: 'string' | 'number') => {
      const value = result.json?.[name];
      if (typeof value !== type) throw new TypeError(`${route}: field ${name} is not a ${type}`);
      this.trace?.learn(String(value), `${route}.${name}`);
      return value as T;
    };
    return {
      ...sentOf(result),
      json: result.json ?? {},
      text: (name) => field<string>(name, 'string'),
      number: (name) => field<number>(name, 'number'),
    };
  }

  record(kind: string, fields: LedgerFields): void {
    ledger(kind, fields);
  }

  private exchange(route: RouteKey, content: LooseContent | undefined, parse: boolean): Result {
    const { setting } = this;
    if (this.step > 0 && setting.gapSeconds > 0) sleep(setting.gapSeconds * (0.5 + setting.random.next()));
    this.step += 1;
    const sender = setting.senderOf(route);
    const message = messageOf(content, parse, sender.needsCustomer ? this.token() : undefined);
    const result = sender.send(message);
    this.responseTimeMs += result.durationMs;
    if (this.trace) this.writeTrace(this.trace, route, result.url, message.body);
    if (result.broken !== undefined) {
      describe(setting.scenario, route, result.broken);
      throw new ContractBroken(`${route}: ${result.broken}`);
    }
    return result;
  }

  private token(): string {
    return this.session?.accessToken ?? this.setting.ownToken();
  }

  private writeTrace(trace: Trace, route: RouteKey, url: string, body: string | undefined): void {
    const { scenario, iteration, upkeep } = this.setting;
    const path = trace.veil(url.replace(/^[a-z]+:\/\/[^/]+/, ''));
    const shown = body === undefined || upkeep ? null : trace.veil(body);
    ledger('request', { scenario, iteration, step: this.step, route, path, body: shown, upkeep });
  }
}

function messageOf(content: LooseContent | undefined, parse: boolean, token: string | undefined): Message {
  if (content === undefined) return { parse, ...(token !== undefined && { token }) };
  const { body, ...rest } = content;
  return {
    ...rest,
    parse,
    ...(token !== undefined && { token }),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}

function sentOf({ status, response }: Result): Sent {
  return { status, header: (name) => response.headers[name] };
}

function describe(scenario: string, route: RouteKey, cause: string): void {
  described += 1;
  if (described <= describedAtMost) ledger('broken-contract', { scenario, route, cause });
  if (!plan) exec.test.fail(`${route}: ${cause}`);
}
