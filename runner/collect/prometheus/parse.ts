/** Answers of Prometheus' HTTP API, held against their shape: whatever is not a number is no number. */
import { z } from 'zod';
import { NoData } from './no-data.ts';

/** Seconds since the epoch, and the value as text. */
const sample = z.tuple([z.number(), z.string()]);

const failure = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

const success = z.object({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('matrix'),
      /** A series of native histograms has no `values`. */
      result: z.array(z.object({ values: z.array(sample).optional() })),
    }),
    z.object({ resultType: z.literal('scalar'), result: sample }),
    z.object({ resultType: z.literal('vector') }),
    z.object({ resultType: z.literal('string') }),
  ]),
  warnings: z.array(z.string()).optional(),
});

const reply = z.discriminatedUnion('status', [success, failure]);

/** A point in time (seconds since the epoch) and its value; `null` for what is not finite. */
export type Point = readonly [atSeconds: number, value: number | null];

/**
 * The one series of a range query's answer; without points if the query found none. Warnings mean that a part
 * is missing; infos, which Prometheus calls possible false positives, do not.
 * @throws NoData.
 */
export function parseSeries(text: string): Point[] {
  const { data, warnings = [] } = parseReply(text);
  if (data.resultType !== 'matrix') throw new NoData(`answered with a ${data.resultType}, not with a series`);
  // A server that knows `limit` says so in a warning; how many there are matters more.
  if (data.result.length > 1) {
    throw new NoData('answered with several series; a query must give one, so sum() over them');
  }
  if (warnings.length > 0) throw new NoData(`answered only in part: ${warnings.join('; ')}`);
  const [series] = data.result;
  if (series === undefined) return [];
  if (series.values === undefined) throw new NoData('answered with histograms, not with numbers');
  return series.values.map(([atSeconds, value]) => [atSeconds, finite(value)]);
}

/** @throws NoData if the answer is no finite scalar. */
export function parseScalar(text: string): number {
  const { data } = parseReply(text);
  const value = data.resultType === 'scalar' ? finite(data.result[1]) : null;
  if (value === null) throw new NoData('did not tell its time');
  return value;
}

/** What an error answer says, if it is one of the API's own. */
export function errorIn(text: string): string | undefined {
  const parsed = failure.safeParse(jsonIn(text));
  return parsed.success ? parsed.data.error : undefined;
}

function parseReply(text: string): z.infer<typeof success> {
  const parsed = reply.safeParse(jsonIn(text));
  if (!parsed.success) throw new NoData(`answered something else than its API does: ${beginning(text)}`);
  if (parsed.data.status === 'error') throw new NoData(`answered with an error: ${parsed.data.error}`);
  return parsed.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function beginning(text: string): string {
  const line = text.slice(0, 60).replace(/\s+/g, ' ').trim();
  return line === '' ? 'nothing' : `"${line}"`;
}

/** `+Inf` and `NaN` are how Prometheus writes a division by zero. */
function finite(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
