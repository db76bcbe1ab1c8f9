/**
 * Holds a response against its route's contract, and names the class (outcome) it falls in.
 *
 * Parsing every JSON body would cost the generator more than the request itself, so a body is parsed
 * when the scenario needs it and for each VU's first answer of a route; beyond that a needed field is
 * found as `"field":` in the text of a body that ends with a brace, and only if that fails the body is parsed to be
 * sure. What the quick look can miss: a field that moved into a nested object after the first answer.
 */
import type { Contract } from '../model.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

export interface Received {
  /** 0 if there was no HTTP response. */
  readonly status: number;
  readonly body: string | null;
  /** k6's text for a failure below HTTP. */
  readonly error: string;
}

export interface Inspection {
  /** Why the contract is broken, in a few words; undefined if it was kept. */
  readonly broken?: string;
  /** The parsed body, if it was parsed and is an object. */
  readonly json?: JsonObject;
}

/** A request broke its contract: the visit ends here, and a journey counts as failed. */
export class ContractBroken extends Error {
  /** Of the answer; 0 if there was none. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export interface ContractCheck {
  /** The quick look: true if the answer surely keeps the contract; false says nothing yet. */
  readonly isEvidentlyKept: (received: Received) => boolean;
  /**
   * The whole check. `expected` are the contract's statuses, or fewer of them where a scenario knows more
   * than the contract does: a forged signature must be refused.
   */
  readonly inspect: (received: Received, parse: boolean, expected: readonly number[]) => Inspection;
}

const kept: Inspection = Object.freeze({});

/** Prepares the check of one route's contract. */
export function contractCheck({ status: statuses, fields = [], contains }: Contract): ContractCheck {
  const usualStatus = statuses[0];
  const needles = fields.map((field) => `${JSON.stringify(field)}:`);
  if (contains !== undefined) needles.push(contains);
  const needleCount = needles.length;
  const isJson = fields.length > 0;
  let isFirstAnswer = isJson;

  const isEvidentlyKept = (received: Received): boolean => {
    if (isFirstAnswer || received.status !== usualStatus) return false;
    if (needleCount === 0) return true;
    const body = received.body;
    if (body === null || (isJson && !body.endsWith('}'))) return false;
    for (let i = 0; i < needleCount; i++) if (!body.includes(needles[i] as string)) return false;
    return true;
  };

  const inspect: ContractCheck['inspect'] = ({ status, body, error }, parse, expected) => {
    isFirstAnswer = false;
    if (!expected.includes(status)) return { broken: describeStatus(status, error, expected) };
    if (status < 200 || status > 299) return kept;
    if (contains !== undefined && !body?.includes(contains)) return { broken: `no ${contains} in the body` };
    return isJson || parse ? parsed(body, fields) : kept;
  };
  return { isEvidentlyKept, inspect };
}

function describeStatus(status: number, error: string, expected: readonly number[]): string {
  return status === 0 ? error || 'no response' : `status ${status}, expected ${expected.join(' or ')}`;
}

function parsed(body: string | null, fields: readonly string[]): Inspection {
  const json = parseObject(body);
  if (json === undefined) return { broken: 'the body is not a JSON object' };
  const missing = fields.filter((field) => !Object.hasOwn(json, field));
  return missing.length === 0 ? { json } : { broken: `no field ${missing.join(', ')}`, json };
}

function parseObject(body: string | null): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body ?? '');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Index of the smallest of `limitsMs` (ascending) that a duration stays strictly under; their number if none. */
export function limitIndex(limitsMs: readonly number[], durationMs: number): number {
  let index = 0;
  while (index < limitsMs.length && durationMs >= (limitsMs[index] as number)) index += 1;
  return index;
}

/** What a kept contract counts as, by `limitIndex`: a limit as decimal text, `slow` beyond, `ok` if there is none. */
export function outcomeNames(limitsMs: readonly number[]): readonly string[] {
  return [...limitsMs.map(String), limitsMs.length === 0 ? 'ok' : 'slow'];
}
