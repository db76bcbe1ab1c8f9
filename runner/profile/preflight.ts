/** Sends each request of a mix once, before any load: what is not served alone is no measure of capacity. */
import { request } from 'undici';
import {
  type Conversation,
  captured,
  filled,
  freshName,
  isServed,
  type MixRequest,
} from '../../scenarios/mix.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { freshValue } from '../fresh-value.ts';
import type { Mix } from './mix/types.ts';

const patienceMs = 5_000;
/** One service's answers are asked for so many at a time. */
const atOnce = 4;
const mostProblems = 5;

export interface Refusal {
  readonly request: MixRequest;
  readonly status?: number;
  /** Why there was no answer at all. */
  readonly cause?: string;
}

/** For each conversation the first request that was not served as expected; undefined if all were. */
export async function tryConversations(
  baseUrl: string,
  conversations: readonly Conversation[],
): Promise<(Refusal | undefined)[]> {
  const results: (Refusal | undefined)[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next; index < conversations.length; index = next) {
      next += 1;
      results[index] = await tryOne(baseUrl, conversations[index] ?? []);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

async function tryOne(baseUrl: string, conversation: Conversation): Promise<Refusal | undefined> {
  const values: Record<string, string> = { [freshName]: freshValue() };
  for (const item of conversation) {
    const sent = filled(item, values);
    try {
      const { statusCode, body } = await request(baseUrl + sent.path, {
        method: sent.method as 'GET',
        headers: sent.headers,
        ...(sent.body === undefined ? {} : { body: sent.body }),
        signal: AbortSignal.timeout(patienceMs),
      });
      const text = await body.text();
      if (!isServed(item, statusCode)) return { request: item, status: statusCode };
      Object.assign(values, captured(item, text));
    } catch (error) {
      return { request: item, cause: causeOf(error) };
    }
  }
  return undefined;
}

function causeOf(error: unknown): string {
  const { name, code, message } = error as NodeJS.ErrnoException;
  return name === 'TimeoutError' ? `no answer within ${patienceMs / 1000} s` : (code ?? message);
}

/**
 * The mix without the requests that are refused, which its notes name.
 * @throws PeakproofError TARGET_UNREACHABLE if one is not answered, SERVICE_REFUSES if none is served.
 */
export async function servedMix(baseUrl: string, mix: Mix): Promise<Mix> {
  const refusals = await tryConversations(baseUrl, mix.conversations);
  const served = mix.conversations.filter((_, index) => refusals[index] === undefined);
  const refused = refusals.filter((refusal) => refusal !== undefined);
  const hasSilence = refused.some(({ status }) => status === undefined);
  if (served.length === 0 || hasSilence) throw new PeakproofError(refusalProblems(baseUrl, refused));
  if (refused.length === 0) return mix;
  const examples = refused.slice(0, 3).map(({ request: { route }, status }) => `${route} (${status})`);
  const note = `${refused.length} of ${refusals.length} requests are refused and left out, for example ${examples.join(', ')}.`;
  return { ...mix, conversations: served, notes: [...mix.notes, note] };
}

/** Refusals as problems, one for each route and way. */
function refusalProblems(baseUrl: string, refusals: readonly Refusal[]): Problem[] {
  const problems = refusals.map(({ request: asked, status, cause }): Problem => {
    if (status === undefined) {
      return problem('TARGET_UNREACHABLE', `${asked.method} ${baseUrl}${asked.path}: ${cause}`, unreachable);
    }
    return problem('SERVICE_REFUSES', `${asked.route} at ${baseUrl} answered ${status}`);
  });
  const distinct = new Map(problems.map((item) => [`${item.code} ${item.cause}`, item]));
  return [...distinct.values()].slice(0, mostProblems);
}

const unreachable = { remedy: 'Start the service, or correct the address; no load was sent.' };
