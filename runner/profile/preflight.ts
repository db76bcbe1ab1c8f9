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
import { type Problem, problem } from '../../scenarios/problem.ts';

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

let triesBegun = 0;

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
  triesBegun += 1;
  const values: Record<string, string> = { [freshName]: `t${triesBegun}` };
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

/** Refusals as problems, one for each route and way. */
export function refusalProblems(baseUrl: string, refusals: readonly (Refusal | undefined)[]): Problem[] {
  const problems = refusals.flatMap((refusal): Problem[] => {
    if (refusal === undefined) return [];
    const { request: asked, status, cause } = refusal;
    if (status === undefined) {
      return [
        problem('TARGET_UNREACHABLE', `${asked.method} ${baseUrl}${asked.path}: ${cause}`, unreachable),
      ];
    }
    return [problem('SERVICE_REFUSES', `${asked.route} at ${baseUrl} answered ${status}`)];
  });
  const distinct = new Map(problems.map((item) => [`${item.code} ${item.cause}`, item]));
  return [...distinct.values()].slice(0, mostProblems);
}

const unreachable = { remedy: 'Start the service, or correct the address; no load was sent.' };
