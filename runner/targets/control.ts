import { request } from 'undici';

const factsTimeoutMs = 5_000;

/** Where a stand-in lets itself be broken and mended. */
export interface StandInControl {
  /** Of its control server, without a trailing slash. */
  readonly url: string;
  /** Bearer token of the control server; confidential. */
  readonly token: string;
  /** Each service's own address, past the gateway: what is broken there is seen there first. */
  readonly serviceUrls: Readonly<Record<string, string>>;
}

/**
 * What only the stand-in knows of itself, such as the orders that it lost: docs/sandbox.md lists it.
 * @throws if it does not answer within five seconds.
 */
export async function factsOf({ url, token }: StandInControl): Promise<unknown> {
  const { body } = await request(`${url}/facts`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(factsTimeoutMs),
  });
  return body.json();
}
