/** The part of Toxiproxy's HTTP interface that is needed before a fault; faults themselves are actions. */
import { request } from 'undici';
import { z } from 'zod';

const patienceMs = 5_000;

const proxySchema = z.object({ name: z.string(), listen: z.string(), upstream: z.string() });

export type Proxy = z.infer<typeof proxySchema>;

/** Resolves with its version. @throws Error if nothing answers there like Toxiproxy. */
export async function askVersion(url: string): Promise<string> {
  return z.object({ version: z.string() }).parse(await ask(`${url}/version`)).version;
}

/** All proxies by name. @throws Error if nothing answers there like Toxiproxy. */
export async function listProxies(url: string): Promise<Readonly<Record<string, Proxy>>> {
  return z.record(z.string(), proxySchema).parse(await ask(`${url}/proxies`));
}

/** @throws Error with Toxiproxy's own words, for example that the port is in use. */
export async function createProxy(url: string, proxy: Proxy): Promise<void> {
  await ask(`${url}/proxies`, { ...proxy, enabled: true });
}

async function ask(url: string, body?: object): Promise<unknown> {
  const { statusCode, body: answer } = await request(url, {
    signal: AbortSignal.timeout(patienceMs),
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (statusCode < 200 || statusCode >= 300) throw new Error(`${url} answered ${statusCode}: ${text.trim()}`);
  return JSON.parse(text);
}
