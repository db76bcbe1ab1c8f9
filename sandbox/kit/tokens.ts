/** JSON Web Tokens, HS256 with a key that lives as long as the sandbox. The gateway verifies, auth signs. */
import { createSigner, createVerifier } from 'fast-jwt';

export interface Claims {
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly exp: number;
  readonly use: 'access' | 'refresh';
}

export type SignToken = (subject: string, use: Claims['use'], lifetimeSeconds: number) => string;

/** Answers the claims of a valid, unexpired token of the wanted use, else undefined. */
export type VerifyToken = (token: string | undefined, use: Claims['use']) => Claims | undefined;

/** `nowMs` is the clock of the service, ms since the epoch. */
export function tokenSigner(key: string, nowMs: () => number = Date.now): SignToken {
  const sign = createSigner({ key, algorithm: 'HS256' });
  return (sub, use, lifetimeSeconds) => sign({ sub, use, exp: Math.floor(nowMs() / 1000) + lifetimeSeconds });
}

export function tokenVerifier(key: string, nowMs: () => number = Date.now): VerifyToken {
  // The library would ask the machine's clock, which a service whose clock is wrong does not see.
  const verify = createVerifier({ key, algorithms: ['HS256'], ignoreExpiration: true });
  return (token, use) => {
    if (!token) return undefined;
    try {
      const claims = verify(token) as Claims;
      return claims.use === use && claims.exp * 1000 > nowMs() ? claims : undefined;
    } catch {
      return undefined;
    }
  };
}

/** The token of an `authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return header?.startsWith('Bearer ') ? header.slice('Bearer '.length) : undefined;
}
