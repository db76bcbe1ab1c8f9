import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { hostOf } from '../targets/hosts.ts';

/**
 * Passes a URL on if requests may go to its host. Every request of ours goes through here.
 * @throws PeakproofError HOST_NOT_ALLOWED.
 */
export function allowedUrl(url: string, allow: readonly string[]): URL {
  const host = hostOf(url);
  if (allow.includes(host)) return new URL(url);
  throw new PeakproofError(problem('HOST_NOT_ALLOWED', `${host} is not among the target's allowed hosts`));
}
