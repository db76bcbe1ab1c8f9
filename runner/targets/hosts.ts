/** Addresses of a target, and the hosts that requests may go to. */

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** `name:port` of a base URL, the port always written out. */
export function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || defaultPorts[protocol]}`;
}

/** What keeps a text from being a base URL, in a few words; undefined if nothing does. Never quotes a password. */
export function urlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL';
  const { protocol, username, password, search, hash } = new URL(text);
  if (username || password) return `must not hold a user name or password; use headers with \${ENV_NAME}`;
  if (protocol !== 'http:' && protocol !== 'https:') return 'must start with http:// or https://';
  return search || hash ? 'must not have a query or fragment' : undefined;
}

/**
 * `name:port` of what an entry of an allow list lets through. An entry without a port lets through the
 * ports that the target's own addresses have on that host, and no other.
 */
export function expandAllow(entry: string, urls: readonly string[]): string[] {
  const lower = entry.toLowerCase();
  if (/:\d+$/.test(lower.replace(/^\[.*\]/, ''))) return [lower];
  return urls.filter((url) => new URL(url).hostname === lower).map(hostOf);
}
