/** What an answer of the system says about an entry. An answer that cannot be trusted says nothing: `unread`. */
import type { ProblemCode } from '../../scenarios/problem.ts';
import { keyOf } from './attempts.ts';
import type { LedgerEntry } from './lines.ts';
import type { FieldMap, LedgerSpec, ListLookup, Lookup } from './spec.ts';

/** `altered`: there, with other values than were acknowledged. */
export type Standing = 'present' | 'altered' | 'absent' | 'unread';

/** Why something is not known. */
export interface Unread {
  readonly standing: 'unread';
  readonly code: Extract<ProblemCode, 'READ_BACK_FAILED' | 'READ_BACK_FOREIGN'>;
  readonly cause: string;
}

export type Finding = { readonly standing: Exclude<Standing, 'unread'> } | Unread;

/** An HTTP answer: its status and its JSON, undefined if it was none. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const present = { standing: 'present' } as const;
const absent = { standing: 'absent' } as const;

export function unread(cause: string, code: Unread['code'] = 'READ_BACK_FAILED'): Unread {
  return { standing: 'unread', code, cause };
}

/** Values of the path's parameters; undefined if the entry lacks one. */
export function paramsOf(
  { params }: Lookup,
  entry: LedgerEntry,
): Readonly<Record<string, string>> | undefined {
  const values = Object.entries(params).map(([name, field]) => [name, keyOf(entry[field])] as const);
  return values.every(([, value]) => value !== undefined)
    ? (Object.fromEntries(values) as Record<string, string>)
    : undefined;
}

/** Whether an acknowledged entry is there as acknowledged. */
export function readFinding(read: LedgerSpec['read'], entry: LedgerEntry, reply: Reply): Finding {
  const body = bodyOf(read, entry, reply);
  if ('standing' in body) return body;
  return agrees(body.fields, read.equal, entry) ? present : { standing: 'altered' };
}

/** Whether an entry that has no id is among those listed. */
export function listFinding(
  find: NonNullable<LedgerSpec['find']>,
  entry: LedgerEntry,
  reply: Reply,
): Finding {
  const items = itemsOf(find, entry, reply);
  if ('standing' in items) return items;
  if (items.list.some((item) => isFields(item) && agrees(item, find.match, entry))) return present;
  const isFull = find.fullAt !== undefined && items.list.length >= find.fullAt;
  return isFull ? unread(`${find.route} listed only the newest ${items.list.length}`) : absent;
}

/** How often an entry was done. */
export function copiesIn(copies: ListLookup, entry: LedgerEntry, reply: Reply): number | Unread {
  const items = itemsOf(copies, entry, reply);
  if (!('standing' in items)) return items.list.length;
  return items.standing === 'unread' ? items : 0;
}

function itemsOf(
  lookup: ListLookup,
  entry: LedgerEntry,
  reply: Reply,
): { readonly list: readonly unknown[] } | Unread | typeof absent {
  const body = bodyOf(lookup, entry, reply);
  if ('standing' in body) return body;
  const list = body.fields[lookup.list];
  return Array.isArray(list) ? { list } : unread(`${lookup.route} answered without a list of ${lookup.list}`);
}

function bodyOf(
  { route, about, absentStatus = [404] }: Lookup,
  entry: LedgerEntry,
  { status, body }: Reply,
): { readonly fields: Fields } | Unread | typeof absent {
  if (absentStatus.includes(status)) return absent;
  if (status < 200 || status > 299) return unread(`${route} answered ${status}`);
  if (!isFields(body)) return unread(`${route} answered ${status} without a JSON object`);
  if (!agrees(body, about, entry)) {
    return unread(`${route} answered about something else than it was asked for`, 'READ_BACK_FOREIGN');
  }
  return { fields: body };
}

function agrees(fields: Fields, map: FieldMap = {}, entry: LedgerEntry): boolean {
  return Object.entries(map).every(
    ([field, own]) => fields[field] === entry[own] && entry[own] !== undefined,
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
