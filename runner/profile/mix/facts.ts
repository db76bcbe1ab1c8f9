import { createHash } from 'node:crypto';
import type { MixFacts } from '../../../slo/profile/types.ts';
import type { Mix } from './types.ts';

/** What a profile says about its mix. Recorded values (ids, tokens) differ each time and are no part of the fingerprint. */
export function mixFacts({ source, conversations }: Mix): MixFacts {
  const requests = conversations.flat();
  const counts = new Map<string, number>();
  for (const { route } of requests) counts.set(route, (counts.get(route) ?? 0) + 1);
  const routes = [...counts]
    .map(([route, count]) => ({ route, share: count / requests.length }))
    .sort((a, b) => b.share - a.share || a.route.localeCompare(b.route));
  const fingerprint = createHash('sha256').update(JSON.stringify(routes)).digest('hex').slice(0, 12);
  return { source, routes, fingerprint };
}
