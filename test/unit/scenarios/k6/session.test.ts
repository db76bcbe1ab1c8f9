import { describe, expect, it } from 'vitest';
import { ContractBroken } from '../../../../scenarios/k6/contract.ts';
import { type Session, SessionKeeper } from '../../../../scenarios/k6/session.ts';

const minuteMs = 60_000;

function setUp(refresh?: () => Session) {
  const calls: string[] = [];
  let nowMs = 0;
  const session = (name: string): Session => ({
    accessToken: name,
    refreshToken: 'r',
    expiresAtMs: nowMs + minuteMs,
  });
  const signIn = {
    login: () => {
      calls.push('login');
      return session(`login-${calls.length}`);
    },
    refresh: () => {
      calls.push('refresh');
      return refresh?.() ?? session(`refresh-${calls.length}`);
    },
  };
  const keeper = new SessionKeeper(signIn, () => nowMs);
  const tokenAt = (atMs: number) => {
    nowMs = atMs;
    return keeper.current(() => undefined);
  };
  return { calls, tokenAt };
}

describe('SessionKeeper', () => {
  it('logs in once and keeps the token while it has time left', () => {
    const { calls, tokenAt } = setUp();
    expect([tokenAt(0), tokenAt(1000), tokenAt(minuteMs - 5000)]).toEqual(['login-1', 'login-1', 'login-1']);
    expect(calls).toEqual(['login']);
  });

  it('refreshes shortly before the token ends', () => {
    const { calls, tokenAt } = setUp();
    tokenAt(0);
    expect(tokenAt(minuteMs - 4999)).toBe('refresh-2');
    expect(calls).toEqual(['login', 'refresh']);
  });

  it('logs in again if the refresh is refused', () => {
    const { calls, tokenAt } = setUp(() => {
      throw new ContractBroken('auth.refresh: status 401', 401);
    });
    tokenAt(0);
    expect(tokenAt(2 * minuteMs)).toBe('login-3');
    expect(calls).toEqual(['login', 'refresh', 'login']);
  });

  it('does not hide a mistake of the script', () => {
    const { tokenAt } = setUp(() => {
      throw new TypeError('no such function');
    });
    tokenAt(0);
    expect(() => tokenAt(2 * minuteMs)).toThrow(TypeError);
  });
});
