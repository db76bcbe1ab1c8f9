/** A mix of requests in autocannon's terms. */
import type { Client, Request } from 'autocannon';
import {
  type Conversation,
  captured,
  filled,
  freshName,
  hasMarks,
  type MixRequest,
} from '../../../scenarios/mix.ts';
import { freshValue } from '../../fresh-value.ts';

/** Values of the conversation that a connection is in; autocannon hands it to each of its requests. */
interface Context {
  values?: Record<string, string>;
}

/**
 * What autocannon calls for each new connection. Connections walk through the mix from different places, so that
 * they do not all send the same route at the same moment.
 */
export function requestsFor(
  baseUrl: string,
  conversations: readonly Conversation[],
): (client: Client) => void {
  const prefix = new URL(baseUrl).pathname.replace(/\/$/, '');
  const sequences = conversations.map((conversation) =>
    conversation.map((request, index) => toAutocannon(request, prefix, index === 0)),
  );
  let clients = 0;
  return (client) => {
    const first = Math.floor((clients * 0.618 * sequences.length) % sequences.length);
    clients += 1;
    client.setRequests([...sequences.slice(first), ...sequences.slice(0, first)].flat());
  };
}

function toAutocannon(request: MixRequest, prefix: string, isFirst: boolean): Request {
  const base = partsOf(request, prefix);
  const capturing = request.captures !== undefined && {
    onResponse: (_status: number, body: string, context: object) => {
      const { values } = context as Context;
      if (values) Object.assign(values, captured(request, body));
    },
  };
  if (!hasMarks(request)) return { ...base, ...capturing };
  return {
    ...base,
    ...capturing,
    setupRequest: (prepared: Request, context: object) => {
      const own = context as Context;
      if (isFirst || own.values === undefined) {
        own.values = { [freshName]: freshValue() };
      }
      return { ...prepared, ...partsOf(filled(request, own.values), prefix) };
    },
  };
}

function partsOf({ method, path, headers, body }: MixRequest, prefix: string): Request {
  return {
    method: method as NonNullable<Request['method']>,
    path: prefix + path,
    headers: { ...headers },
    ...(body === undefined ? {} : { body }),
  };
}
