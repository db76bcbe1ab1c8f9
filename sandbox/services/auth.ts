/**
 * Login, refresh and verification. Access tokens are short-lived JWTs, refresh tokens longer ones.
 * The service time stands in for the cost of a password hash. The second factor's code is the
 * customer's number: six digits that a scenario can compute (`customer-000042` → `000042`).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { customerByEmail, customerBySocialIdentity } from '../kit/customer.ts';
import { unauthorised } from '../kit/errors.ts';
import { defineService, withBody } from '../kit/service.ts';
import { bearerToken, tokenSigner, tokenVerifier } from '../kit/tokens.ts';

const refreshLifetimeSeconds = 30 * 60;

const digest = (text: string) => createHash('sha256').update(text).digest();

export const auth = defineService({
  name: 'auth',
  capacity: { slotsPerReplica: 6, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 15, write: 45 } },
  start(kit) {
    const { tokenKey, tokenLifetimeSeconds, secrets } = kit.settings;
    const sign = tokenSigner(tokenKey, kit.nowMs);
    const verify = tokenVerifier(tokenKey, kit.nowMs);
    const passwordDigest = digest(secrets.customerPassword);

    const access = (customerId: string) => ({
      accessToken: sign(customerId, 'access', tokenLifetimeSeconds),
      expiresInSeconds: tokenLifetimeSeconds,
    });
    const session = (customerId: string) => ({
      ...access(customerId),
      refreshToken: sign(customerId, 'refresh', refreshLifetimeSeconds),
    });
    /** A greeting is nice to have: a login works without profile. */
    const displayName = (customerId: string): Promise<string | null> =>
      kit
        .client('profile')
        .call<{ name: string }>('/profile/me', { headers: { 'x-customer-id': customerId }, isOptional: true })
        .then(
          (answer) => answer.body.name,
          () => null,
        );

    return {
      routes: {
        login: withBody({ email: 'string', password: 'string' }, async ({ body }) => {
          const customerId = customerByEmail(body.email);
          const matches = timingSafeEqual(digest(body.password), passwordDigest);
          if (!customerId || !matches) throw unauthorised('wrong e-mail or password');
          return { ...session(customerId), displayName: await displayName(customerId) };
        }),
        mfa: withBody({ email: 'string', code: 'string' }, ({ body }) => {
          const customerId = customerByEmail(body.email);
          if (!customerId?.endsWith(`-${body.code}`)) throw unauthorised('wrong code');
          return session(customerId);
        }),
        social: withBody({ provider: 'string', providerToken: 'string' }, ({ body }) =>
          session(customerBySocialIdentity(`${body.provider}:${body.providerToken}`)),
        ),
        refresh: withBody({ refreshToken: 'string' }, ({ body }) => {
          const claims = verify(body.refreshToken, 'refresh');
          if (!claims) throw unauthorised('refresh token not valid');
          return access(claims.sub);
        }),
        verify: ({ headers }) => {
          const claims = verify(bearerToken(headers.authorization), 'access');
          if (!claims) throw unauthorised('token not valid');
          return { subject: claims.sub, expiresAt: new Date(claims.exp * 1000).toISOString() };
        },
      },
    };
  },
});
