/**
 * From recorded requests to conversations that can be repeated. A request belongs to an earlier one if it carries a
 * value that the earlier one's answer made up (the id of what it created), or the same idempotency key. In a
 * repetition, the value is taken from the new answer, and keys are new.
 */
import {
  type Capture,
  type Conversation,
  freshName,
  type MixRequest,
  markOf,
} from '../../../scenarios/mix.ts';
import type { RecordedExchange } from './record.ts';

/** How a request is called: by the catalog's route where one fits. */
export type NameRoute = (method: string, path: string) => string;

const keyHeader = 'idempotency-key';
/** What an id, a key or a token looks like: long enough not to be found by chance, and the same percent-encoded. */
const madeUp = /^(?=.*\d)[\w.~-]{8,4096}$/;
/** Texts are compared word by word: one id may begin with another. */
const word = /[\w.~-]+/g;
const writing = new Set(['POST', 'PUT', 'PATCH']);

/** In the order of recording. */
export function conversationsOf(
  exchanges: readonly RecordedExchange[],
  nameRoute: NameRoute,
): Conversation[] {
  const links = exchanges.map((exchange, index) => linksTo(exchanges.slice(0, index), exchange));
  const first = firstOfEach(links);
  const groups = new Map<number, number[]>();
  for (const [index, head] of first.entries()) groups.set(head, [...(groups.get(head) ?? []), index]);
  return [...groups.values()].map((indices) => conversationOf(indices, exchanges, links, nameRoute));
}

/** A value that an earlier answer made up. */
interface Link {
  readonly from: number;
  /** Where in the answer; undefined if the two only share an idempotency key. */
  readonly keys?: readonly string[];
  readonly value?: string;
}

function linksTo(earlier: readonly RecordedExchange[], exchange: RecordedExchange): Link[] {
  const { path, body, headers } = exchange;
  const sent = wordsOf(path, body, headers.authorization ?? '');
  const key = exchange.headers[keyHeader];
  return earlier.flatMap((before, from): Link[] => {
    const values = madeUpIn(before).filter(({ value }) => sent.has(value));
    if (values.length > 0) return values.map((item) => ({ from, ...item }));
    return key !== undefined && before.headers[keyHeader] === key ? [{ from }] : [];
  });
}

/** Values of the answer to a write that were not in the question. */
function madeUpIn({ method, path, body, headers, answer }: RecordedExchange) {
  if (!writing.has(method)) return [];
  const asked = wordsOf(path, body, ...Object.values(headers));
  return leaves(parsed(answer)).filter(({ value }) => madeUp.test(value) && !asked.has(value));
}

function wordsOf(...texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.match(word) ?? []));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const deepest = 6;

function leaves(json: unknown, keys: readonly string[] = []): { value: string; keys: readonly string[] }[] {
  if (typeof json === 'string') return [{ value: json, keys }];
  if (typeof json !== 'object' || json === null || keys.length >= deepest) return [];
  return Object.entries(json).flatMap(([key, value]) => leaves(value, [...keys, key]));
}

/** For each request the first one of its conversation. */
function firstOfEach(links: readonly (readonly Link[])[]): number[] {
  const parent = links.map((_, index) => index);
  const find = (index: number): number => {
    const up = parent[index] as number;
    return up === index ? index : find(up);
  };
  for (const [index, own] of links.entries()) {
    for (const { from } of own) {
      const [a, b] = [find(index), find(from)];
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  return parent.map((_, index) => find(index));
}

function conversationOf(
  indices: readonly number[],
  exchanges: readonly RecordedExchange[],
  links: readonly (readonly Link[])[],
  nameRoute: NameRoute,
): Conversation {
  // The first answer that made a value up is the one it is taken from.
  const names = new Map<string, { readonly from: number; readonly capture: Capture }>();
  for (const { from, keys, value } of indices.flatMap((index) => links[index] ?? [])) {
    if (keys === undefined || value === undefined || names.has(value)) continue;
    names.set(value, { from, capture: { name: `v${names.size}`, keys } });
  }
  return indices.map((index) => {
    const exchange = exchanges[index] as RecordedExchange;
    const captures = [...names.values()].filter(({ from }) => from === index).map(({ capture }) => capture);
    const mark = (text: string) =>
      text.replace(word, (value) => {
        const known = names.get(value);
        return known !== undefined && known.from < index ? markOf(known.capture.name) : value;
      });
    return repeatable(exchange, captures, mark, nameRoute);
  });
}

function repeatable(
  { method, path, headers, body, status }: RecordedExchange,
  captures: readonly Capture[],
  mark: (text: string) => string,
  nameRoute: NameRoute,
): MixRequest {
  const marked = Object.entries(headers).map(([name, value]) => [
    name,
    name === keyHeader ? `${value}-${markOf(freshName)}` : mark(value),
  ]);
  return {
    route: nameRoute(method, path),
    method,
    path: mark(path),
    headers: Object.fromEntries(marked),
    ...(body === '' ? {} : { body: mark(body) }),
    expect: [status],
    ...(captures.length === 0 ? {} : { captures }),
  };
}

/** The conversations with the keys that were recorded: what is repeated is then answered as a retry. */
export function withRecordedKeys(conversation: Conversation): Conversation {
  const suffix = `-${markOf(freshName)}`;
  return conversation.map((request) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, value.replace(suffix, '')]);
    return { ...request, headers: Object.fromEntries(headers) };
  });
}
