/** Which targets look as if customers were there. */
import { BlockList, isIP } from 'node:net';

/**
 * Why load on a target must be confirmed; undefined if it needn't be. Errs on the side of asking: a public
 * host is taken for production unless the target file denies it.
 */
export function whyConfirm(
  target: { readonly name: string; readonly production?: boolean | undefined },
  urls: readonly string[],
): string | undefined {
  if (target.production === true) return 'its file says `production: true`';
  const named = [target.name, ...urls.map((url) => new URL(url).hostname)].find(soundsLikeProduction);
  if (named !== undefined) return `"${named}" sounds like production`;
  const open = urls.find((url) => !isInside(url));
  if (open === undefined || target.production === false) return undefined;
  return `${new URL(open).hostname} is a public host and its file does not say \`production: false\``;
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
function isInside(url: string): boolean {
  const name = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const family = isIP(name);
  if (family !== 0) return inside.check(name, family === 6 ? 'ipv6' : 'ipv4');
  return insideNames.test(name) || !name.includes('.');
}

/** True if a target's or host's name says production: `prod`, `prd`, `production`, `live` as a word of it. */
function soundsLikeProduction(name: string): boolean {
  return /(^|[^a-z])(prod|prd|production|live)([^a-z]|$)/i.test(name);
}
