/** Requests of the runner itself to the system, by route key and within the target's allow list. */
import { request } from 'undici';
import { type Catalog, routeOf } from '../../scenarios/model.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { AskSystem } from '../suite.ts';
import type { RunningTarget } from '../types.ts';
import { allowedUrl } from './allowed.ts';

const patienceMs = 10_000;

/**
 * Resolves with status and parsed JSON body (undefined if it is none). Rejects if no answer comes within
 * 10 s, and with INVALID_SUITE or HOST_NOT_ALLOWED before anything is sent. Redirects are not followed.
 */
export function createAsk(
  catalog: Catalog,
  target: Pick<RunningTarget, 'environment' | 'allow' | 'headers'>,
): AskSystem {
  return async (key, { params = {}, headers = {}, body } = {}) => {
    const found = routeOf(catalog, key);
    const baseUrl = found && target.environment.baseUrls[found.service];
    if (found === undefined || baseUrl === undefined) {
      throw new PeakproofError(problem('INVALID_SUITE', `no route ${key} in the catalog or at the target`));
    }
    const url = allowedUrl(baseUrl + fillIn(found.route.path, params), target.allow);
    const answer = await request(url, {
      method: found.route.method,
      headers: {
        ...target.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: answer.statusCode, body: parse(await answer.body.text()) };
  };
}

/** `/orders/:id` with `{ id: 'a b' }` is `/orders/a%20b`. */
function fillIn(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (segment, name: string) => encodeURIComponent(params[name] ?? segment));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
