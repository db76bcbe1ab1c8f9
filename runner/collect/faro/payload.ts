/** A Faro body → a Beacon: what is needed of it, checked item by item, and nothing else. */
import { z } from 'zod';
import { virtualUserMark } from '../../../scenarios/virtual-user.ts';
import { type Device, type PageMetric, type PageOrigin, pageMetrics } from '../../../slo/pages/types.ts';
import { isVital } from '../../../slo/pages/vitals.ts';
import { Rejection } from '../http-body.ts';
import { pageName } from './page-name.ts';
import { lineWithoutPersons } from './private.ts';

export interface PageValue {
  readonly metric: PageMetric;
  /** ms; CLS without a unit. */
  readonly value: number;
  /** A vital's id: it stays the same where one load reports twice. */
  readonly id?: string;
}

export interface PageException {
  readonly type: string;
  readonly message: string;
  readonly where: string;
}

/** What one batch said. */
export interface Beacon {
  readonly origin: PageOrigin;
  readonly page: string;
  readonly device: Device;
  /** Never kept beyond memory. */
  readonly sessionId?: string;
  readonly values: readonly PageValue[];
  readonly exceptions: readonly PageException[];
  /** Parts that were left out, a cause each. */
  readonly leftOut: readonly string[];
}

/** Slower than ten minutes is a clock that jumped or a laptop that slept. */
const longestMs = 600_000;
const mostItems = 500;
const phoneUpToPixels = 767;

/** A field of the wrong type is as good as none: the batch says more than that. */
const text = z.string().optional().catch(undefined);

/** What is remembered to be known again, so that memory is bounded: a UUID has 36 characters. */
const id = z.string().max(100).optional().catch(undefined);

/** Numbers come as text as well; what is neither must not be converted, as its `toString` may throw. */
const figure = z.union([z.number(), z.string()]).transform(Number).optional().catch(undefined);

const metaSchema = z.object({
  session: z
    .object({ id, attributes: z.object({ peakproof: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  page: z.object({ id: text, url: text }).optional().catch(undefined),
  browser: z
    .object({
      mobile: z.boolean().optional().catch(undefined),
      viewportWidth: figure,
    })
    .optional()
    .catch(undefined),
  k6: z
    .object({ isK6Browser: z.boolean().optional().catch(undefined), testRunId: text })
    .optional()
    .catch(undefined),
});

const items = z.array(z.unknown()).optional();
const bodySchema = z.object({ meta: metaSchema, measurements: items, exceptions: items, events: items });

const measurementSchema = z.object({
  type: z.string(),
  values: z.record(z.string(), z.unknown()),
  context: z.object({ id }).optional().catch(undefined),
});
const exceptionSchema = z.object({
  type: z.string(),
  value: z.string(),
  stacktrace: z
    .object({ frames: z.array(z.object({ filename: text, lineno: z.number().optional().catch(undefined) })) })
    .optional()
    .catch(undefined),
});
const eventSchema = z.object({
  name: z.string(),
  attributes: z.object({ duration: figure, pageLoadTime: figure }).optional().catch(undefined),
});

type Meta = z.infer<typeof metaSchema>;

/**
 * Times are those of receipt, as clients' clocks are anybody's.
 * @throws Rejection 400 if it is no Faro body. Items that are none are left out and counted.
 */
export function parseBeacon(body: string): Beacon {
  const parsed = bodySchema.safeParse(parseJson(body));
  if (!parsed.success) throw new Rejection(400, 'not a Faro body');
  const { meta, ...lists } = parsed.data;
  const leftOut: string[] = [];
  const read = <T>(name: keyof typeof lists, schema: z.ZodType<T>): T[] =>
    readItems(lists[name] ?? [], name, schema, leftOut);
  const values = [
    ...read('measurements', measurementSchema).flatMap((item) => vitalsOf(item, leftOut)),
    ...read('events', eventSchema).flatMap((item) => pageLoadOf(item, leftOut)),
  ];
  const sessionId = meta.session?.id;
  return {
    origin: originOf(meta),
    page: pageName(meta.page ?? {}),
    device: deviceOf(meta),
    ...(sessionId === undefined || sessionId === '' ? {} : { sessionId }),
    values,
    exceptions: read('exceptions', exceptionSchema).map(exceptionOf),
    leftOut,
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Rejection(400, 'not JSON');
  }
}

function readItems<T>(found: readonly unknown[], name: string, schema: z.ZodType<T>, leftOut: string[]): T[] {
  if (found.length > mostItems) leftOut.push(`more ${name} than ${mostItems} in one beacon`);
  return found.slice(0, mostItems).flatMap((item) => {
    const parsed = schema.safeParse(item);
    if (parsed.success) return [parsed.data];
    leftOut.push(`malformed ${name}`);
    return [];
  });
}

function originOf({ session, k6 }: Meta): PageOrigin {
  if (session?.attributes?.peakproof === virtualUserMark) return 'virtual';
  return k6?.isK6Browser === true || k6?.testRunId !== undefined ? 'synthetic' : 'real';
}

function deviceOf({ browser }: Meta): Device {
  const isNarrow = (browser?.viewportWidth ?? Number.POSITIVE_INFINITY) <= phoneUpToPixels;
  return browser?.mobile === true || isNarrow ? 'phone' : 'desktop';
}

/** Beside the vital itself a measurement holds its parts (`delta`, `element_render_delay`), which are not counted. */
function vitalsOf(
  { type, values, context }: z.infer<typeof measurementSchema>,
  leftOut: string[],
): PageValue[] {
  if (type !== 'web-vitals') return [];
  return pageMetrics.filter(isVital).flatMap((metric) => {
    if (!Object.hasOwn(values, metric)) return [];
    return inRange(metric, values[metric], leftOut).map((value) => ({
      metric,
      value,
      ...(context?.id === undefined ? {} : { id: context.id }),
    }));
  });
}

/** The SDK sends attributes as text. `duration` ends with the load event, `pageLoadTime` where it begins. */
function pageLoadOf({ name, attributes = {} }: z.infer<typeof eventSchema>, leftOut: string[]): PageValue[] {
  if (name !== 'faro.performance.navigation') return [];
  const told = [attributes.duration, attributes.pageLoadTime].find(
    (value) => value !== undefined && value > 0,
  );
  return inRange('page-load', told, leftOut).map((value) => ({ metric: 'page-load', value }));
}

function inRange(metric: PageMetric, value: unknown, leftOut: string[]): number[] {
  if (typeof value === 'number' && value >= 0 && value <= longestMs) return [value];
  leftOut.push(`${metric} out of range`);
  return [];
}

function exceptionOf({ type, value, stacktrace }: z.infer<typeof exceptionSchema>): PageException {
  const top = stacktrace?.frames[0];
  const file = lineWithoutPersons(top?.filename?.replace(/[?#].*$/s, '') ?? '', 110);
  return {
    type: lineWithoutPersons(type, 60),
    message: lineWithoutPersons(value, 200),
    where: file === '' ? '' : `${file}:${top?.lineno ?? '?'}`,
  };
}
