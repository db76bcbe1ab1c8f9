/** Binds the kit to RetailPulse: its catalog, its traffic model and how its customers sign in. */
import type { RetailRoute } from './catalog.ts';
import { catalog } from './catalog.ts';
import { anyCustomer, type Customer } from './data.ts';
import { type Answer, type Session, scenariosOf, secret, type Visit } from './k6/index.ts';
import { traffic } from './traffic.ts';

/** A visit that may send (at least) these routes. */
export type Visitor<R extends RetailRoute> = Visit<typeof catalog, R>;

/** Makes the scenario of this name of its actions: exactly those of traffic.ts, or it does not compile. */
export const scenario = scenariosOf(catalog, traffic, {
  login: (visit) => logIn(visit, anyCustomer(visit.random)),
  refresh: (visit, session) => refresh(visit, session),
});

/** Logs a customer in with the right password, and lets the visit go on as that customer. */
export function logIn(visit: Visitor<'auth.login'>, customer: Customer): Session {
  const answer = visit.ask('auth.login', {
    body: { email: customer.email, password: secret('customerPassword') },
    expect: [200],
  });
  return signedIn(visit, answer);
}

/** Takes the session out of an answer of auth. */
export function signedIn(visit: { session: Session | undefined }, answer: Answer): Session {
  const session = {
    accessToken: answer.text('accessToken'),
    refreshToken: answer.text('refreshToken'),
    expiresAtMs: Date.now() + answer.number('expiresInSeconds') * 1000,
  };
  visit.session = session;
  return session;
}

/** Exchanges the refresh token for a new access token. */
export function refresh(visit: Visitor<'auth.refresh'>, session: Session): Session {
  const answer = visit.ask('auth.refresh', { body: { refreshToken: session.refreshToken } });
  const renewed = {
    accessToken: answer.text('accessToken'),
    // A server that rotates refresh tokens sends a new one.
    refreshToken: answer.json?.refreshToken ? answer.text('refreshToken') : session.refreshToken,
    expiresAtMs: Date.now() + answer.number('expiresInSeconds') * 1000,
  };
  visit.session = renewed;
  return renewed;
}
