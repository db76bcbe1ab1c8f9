/** A mix of one request, as named on the command line. */
import { PeakproofError, problem } from '../../../scenarios/problem.ts';
import type { Mix } from './types.ts';

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export interface RouteOptions {
  /** Path and query below the base URL. */
  readonly route?: string | undefined;
  readonly method?: string | undefined;
  readonly body?: string | undefined;
}

/** @throws PeakproofError INVALID_OPTION with everything wrong. */
export function mixOfRoute({ route = '/', method, body }: RouteOptions): Mix {
  const verb = (method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase();
  const problems = [
    ...((methods as readonly string[]).includes(verb)
      ? []
      : [
          problem('INVALID_OPTION', `--method cannot be "${method}"`, {
            remedy: `One of ${methods.join(', ')}.`,
          }),
        ]),
    ...(/^\/[\x21-\x7e]*$/.test(route)
      ? []
      : [
          problem('INVALID_OPTION', `--route cannot be "${route}"`, {
            remedy: 'Give a path such as /products?page=1.',
          }),
        ]),
  ];
  if (problems.length > 0) throw new PeakproofError(problems);
  const isJson = body !== undefined && /^\s*[[{]/.test(body);
  const request = {
    route: `${verb} ${route}`,
    method: verb,
    path: route,
    headers: body === undefined ? {} : { 'content-type': isJson ? 'application/json' : 'text/plain' },
    ...(body === undefined ? {} : { body }),
    expect: [],
  };
  return { source: `${verb} ${route}`, conversations: [[request]], notes: [] };
}
