/** The visit behind the typed interface; its route keys were checked by the compiler. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { RouteKey } from '../model.ts';
import { Answer } from './answer.ts';
import { tagPhase } from './clock.ts';
import { ContractBroken } from './contract.ts';
import { attempt, type LedgerFields, ledger } from './ledger.ts';
import { createRandom, type Random } from './random.ts';
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
  /** Told how long each answer took; absent where nobody adds it up. */
  readonly took?: (durationMs: number) => void;
}

type First = Params | Content;

/** What an action is given. */
export interface LiveVisit {
  readonly random: Random;
  readonly send: (route: RouteKey, first?: First, second?: Content) => Response;
  readonly ask: (route: RouteKey, first?: First, second?: Content) => Answer;
  readonly id: string;
  session: Session | undefined;
  readonly record: (kind: string, fields: LedgerFields) => void;
  readonly attempt: typeof attempt;
}

export interface VisitMaker {
  readonly visit: LiveVisit;
  /** Makes `visit` a new visitor, who knows nothing of the one before; answers its first random value. */
  readonly begin: (iteration: number) => number;
  /** Mean pause of this visitor, and those that follow, before each request but the first. */
  readonly pauseBetween: (gapSeconds: number) => void;
}

/** Broken contracts described in the ledger, per VU: enough to see why, bounded in an outage. */
const describedAtMost = 3;
let described = 0;

/**
 * A VU keeps one per scenario and begins it anew for each iteration. Between two iterations of a VU the others
 * empty the processor's caches: what counts is how many objects and properties an iteration touches. So the state
 * stands in variables here, and the visit has no property more than its users need.
 */
export function createVisit({ scenario, stream, upkeep, senderOf, ownToken, took }: Setting): VisitMaker {
  const random = createRandom();
  const { start, next } = random;
  const senders: Record<RouteKey, Send> = {};
  let current = 0;
  let isFirst = true;
  let gapSeconds = 0;
  let session: Session | undefined;
  let trace: Trace | undefined;
  let step = 0;

  const exchange: Exchange = {
    json: undefined,
    took,
    token: () => session?.accessToken ?? ownToken(),
    traced: (route, url, body) => {
      step += 1;
      if (!trace) return;
      const path = trace.veil(url.replace(/^[a-z]+:\/\/[^/]+/, ''));
      // Upkeep bodies hold tokens, and are outside the promise that one seed sends one sequence.
      const veiled = upkeep || body === null ? null : trace.veil(body);
      ledger('request', { scenario, iteration: current, step, route, path, body: veiled, upkeep });
    },
    failed: (route, cause, status) => fail(scenario, route, cause, status),
  };
  const prepare = (route: RouteKey): Send => {
    const sender = senderOf(route, exchange);
    senders[route] = sender;
    return sender;
  };
  const pause = () => {
    if (gapSeconds > 0) sleep(gapSeconds * (0.5 + next()));
    tagPhase();
  };
  const send = (route: RouteKey, first: First | undefined, second: Content | undefined) => {
    if (isFirst) isFirst = false;
    else pause();
    return (senders[route] ?? prepare(route))(first, second, false);
  };

  const visit: LiveVisit = {
    random,
    send,
    ask(route, first, second) {
      if (isFirst) isFirst = false;
      else pause();
      const { status } = (senders[route] ?? prepare(route))(first, second, true);
      const learning = trace;
      const onRead = learning && ((value: string, origin: string) => learning.learn(value, origin));
      return new Answer(scenario, route, status, exchange.json, onRead, fail);
    },
    get id() {
      return `${upkeep ? 'upkeep-' : ''}${scenario}-${seed}-${current}`;
    },
    get session() {
      return session;
    },
    set session(signedIn) {
      session = signedIn;
    },
    record: ledger,
    attempt,
  };
  return {
    visit,
    pauseBetween(seconds) {
      gapSeconds = seconds;
    },
    begin(iteration) {
      current = iteration;
      isFirst = true;
      session = undefined;
      if (isTracing) {
        step = 0;
        trace = new Trace(secrets);
      }
      return start(stream, iteration);
    },
  };
}

function fail(scenario: string, route: RouteKey, cause: string, status: number): never {
  described += 1;
  if (described <= describedAtMost) ledger('broken-contract', { scenario, route, cause });
  if (!plan) exec.test.fail(`${route}: ${cause}`);
  throw new ContractBroken(`${route}: ${cause}`, status);
}
