/** What a scenario's action is given: one visitor of the system, for one iteration. */
import type { Catalog, RouteKey, RouteKeyOf } from '../model.ts';
import type { Answer } from './answer.ts';
import type { LedgerFields } from './ledger.ts';
import type { Random } from './random.ts';
import type { Content } from './request.ts';
import type { Session } from './session.ts';
import type { ParamOf } from './url.ts';

type PathOf<C extends Catalog, R> = R extends `${infer S}.${infer N}`
  ? NonNullable<NonNullable<C[S]>['routes'][N]>['path']
  : never;

/** The arguments of a request: a value for each `:param` of its path, if it has any, then the content. */
type ArgumentsOf<Path extends string, C> = [ParamOf<Path>] extends [never]
  ? [content?: C]
  : [params: Readonly<Record<ParamOf<Path>, string>>, content?: C];

export interface Sent {
  readonly status: number;
  /** Response headers by their canonical names (`Etag`). */
  readonly headers: Readonly<Record<string, string>>;
}

/** One visitor. `R` are the routes that the traffic model lists for the action. */
export interface Visit<C extends Catalog, R extends RouteKey = RouteKeyOf<C>> {
  /** Names this visit, the same in every run with one seed: for cart ids, order references, keys. */
  readonly id: string;
  readonly random: Random;
  /** Who is signed in; without it, requests that need a customer use the VU's own session. */
  session: Session | undefined;
  /** Sends a request and holds the answer against its contract. Throws ContractBroken. */
  send<K extends R>(route: K, ...more: ArgumentsOf<PathOf<C, K>, Omit<Content, 'doubt'>>): Sent;
  /** The same, with the answer's JSON. */
  ask<K extends R>(route: K, ...more: ArgumentsOf<PathOf<C, K>, Content>): Answer;
  /** Writes what the system acknowledged to the ledger, for the audits after the load. */
  record(kind: string, fields: LedgerFields): void;
  /**
   * Writes to the ledger that `act` is attempted and what became of it, so that it can be read back after the
   * load. `ref` names the attempt and is what a repetition would be recognised by; `known` are fields known
   * before, to find it by if no answer comes; `act` returns what was acknowledged, or undefined if the system
   * declined. Throws what `act` throws.
   */
  attempt<T extends LedgerFields>(
    kind: string,
    ref: string,
    known: LedgerFields,
    act: () => T | undefined,
  ): T | undefined;
}
