/** Asks a target whether it answers, before any load is sent. */
import { request } from 'undici';
import type { Environment } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';

const patienceMs = 2_000;

/**
 * Calls the health path of each service, all at once.
 * @throws PeakproofError with one TARGET_UNREACHABLE for each service that does not answer 2xx within 2 s.
 */
export async function reachServices(
  environment: Environment,
  catalog: Catalog,
  services: Iterable<string>,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const problems = await Promise.all(
    [...services].map(async (service): Promise<Problem[]> => {
      const url = `${environment.baseUrls[service]}${catalog[service]?.health ?? ''}`;
      const fault = await healthFault(url, headers);
      return fault === undefined ? [] : [problem('TARGET_UNREACHABLE', `${service} at ${url} ${fault}`)];
    }),
  );
  if (problems.flat().length > 0) throw new PeakproofError(problems.flat());
}

/** What is wrong with one health path, in a few words; undefined if it answers well. */
async function healthFault(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    // A redirect is not followed: it could lead to a host that is not allowed.
    const { statusCode, body } = await request(url, { headers, signal: AbortSignal.timeout(patienceMs) });
    await body.dump();
    return statusCode >= 200 && statusCode < 300 ? undefined : `answered ${statusCode}`;
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return `did not answer within ${patienceMs / 1000} s`;
    return `did not answer: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`;
  }
}
