/** Which hosts requests may go to, and which of them look as if customers were there. */
import { BlockList, isIP } from 'node:net';

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** `name:port` of a base URL, the port always written out. */
export function hostOf(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || defaultPorts[protocol]}`;
}

/** An entry without a port allows the two ports that a URL without one means. */
export function expandAllow(entry: string): string[] {
  const lower = entry.toLowerCase();
  return /:\d+$/.test(lower.replace(/^\[.*\]/, '')) ? [lower] : [`${lower}:80`, `${lower}:443`];
}

const inside = new BlockList();
inside.addSubnet('127.0.0.0', 8);
inside.addSubnet('10.0.0.0', 8);
inside.addSubnet('172.16.0.0', 12);
inside.addSubnet('192.168.0.0', 16);
inside.addSubnet('169.254.0.0', 16);
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

/** Names that public DNS never resolves (RFC 2606, 6761, 6762, 8375), and Kubernetes' own. */
const insideNames = /(^|\.)(localhost|local|internal|test|example|invalid|home\.arpa|svc)$/;

/** True for loopback and private addresses and for names that only an inner network resolves. */
export function isInside(url: string): boolean {
  const name = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(name);
  if (family !== 0) return inside.check(name, family === 6 ? 'ipv6' : 'ipv4');
  return insideNames.test(name) || !name.includes('.');
}

/** True if a target's or host's name says production: `prod`, `prd`, `production`, `live` as a word of it. */
export function soundsLikeProduction(name: string): boolean {
  return /(^|[^a-z])(prod|prd|production|live)([^a-z]|$)/i.test(name);
}
