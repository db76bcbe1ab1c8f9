/**
 * Upkeep of a VU's session: a signed-in customer whose short-lived JWT is refreshed shortly before it
 * expires, for requests that need a customer where the modelled visit holds no login. When that happens
 * depends on the clock, so upkeep requests are marked in the trace and stand outside the promise that
 * one seed sends one sequence.
 */
import { ContractBroken } from './contract.ts';

/** What a login yields. */
export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Wall-clock time at which the access token ends, ms since the epoch. */
  readonly expiresAtMs: number;
}

/** How this system's customers sign in; a suite provides it. Both throw ContractBroken if the system refuses. */
export interface SignIn<V> {
  readonly login: (visit: V) => Session;
  readonly refresh: (visit: V, session: Session) => Session;
}

/** A token with less time left than this is refreshed before it is used. */
const refreshBeforeMs = 5_000;

/** Keeps one session; `current` returns its valid access token, signing in or refreshing if need be. */
export class SessionKeeper<V> {
  private session: Session | undefined;
  private readonly signIn: SignIn<V>;
  private readonly now: () => number;

  constructor(signIn: SignIn<V>, now: () => number) {
    this.signIn = signIn;
    this.now = now;
  }

  /** `visitOf` makes the visit that upkeep is sent with. Throws what `login` throws. */
  current(visitOf: () => V): string {
    const held = this.session;
    if (held && held.expiresAtMs - this.now() >= refreshBeforeMs) return held.accessToken;
    this.session = undefined;
    const visit = visitOf();
    this.session = (held && this.refreshed(visit, held)) ?? this.signIn.login(visit);
    return this.session.accessToken;
  }

  /** A refused refresh is counted where it was sent; the customer logs in again. */
  private refreshed(visit: V, session: Session): Session | undefined {
    try {
      return this.signIn.refresh(visit, session);
    } catch (error) {
      if (!(error instanceof ContractBroken)) throw error;
      return undefined;
    }
  }
}
