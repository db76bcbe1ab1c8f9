/** What the browser's script logs, checked: a page may have had its hand in it. */
import { z } from 'zod';
import { devices, type Frame, type PageWaterfall } from '../../slo/pages/types.ts';
import { oneLine } from '../collect/faro/one-line.ts';

const name = z.string().max(200);
const ms = z.number().nonnegative().max(600_000);
/** A picture of a screen of text and flat colours has some 30 kB; photographs would be too many bytes for a report. */
const longestPngBase64 = 150_000;

const whose = { page: name, device: z.enum(devices) };

const lineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page-view'),
    ...whose,
    cache: z.enum(['cold', 'warm']),
    loadMs: ms,
    resources: z
      .array(z.object({ name: z.string(), kind: name, startMs: ms, durationMs: ms, bytes: z.number() }))
      .max(100),
  }),
  z.object({
    kind: z.literal('frame'),
    ...whose,
    milestone: name,
    atMs: ms,
    pngBase64: z
      .string()
      .max(longestPngBase64)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/),
  }),
  z.object({ kind: z.literal('browser-failure'), cause: z.string() }),
]);

export type BrowserLine =
  | { readonly kind: 'page-view'; readonly view: Omit<PageWaterfall, 'second' | 'phase'> }
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'failure'; readonly cause: string };

/** Undefined for a line that is none of these. */
export function readBrowserLine(text: string): BrowserLine | undefined {
  const parsed = lineSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const line = parsed.data;
  if (line.kind === 'browser-failure') return { kind: 'failure', cause: oneLine(line.cause, 300) };
  const page = oneLine(line.page, 80);
  if (line.kind === 'frame') {
    const { device, milestone, atMs, pngBase64 } = line;
    return { kind: 'frame', frame: { page, device, milestone: oneLine(milestone, 40), atMs, pngBase64 } };
  }
  const { device, cache, loadMs } = line;
  const resources = line.resources.map((resource) => ({
    ...resource,
    name: pathOf(resource.name),
    kind: oneLine(resource.kind, 20),
  }));
  return { kind: 'page-view', view: { page, device, cache, loadMs, resources } };
}

/** Undefined for a line that is no JSON, as the last one of a script that was ended is. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A query may hold what is nobody's business; the host of a stand-in is another in each run. */
function pathOf(address: string): string {
  return oneLine(URL.canParse(address) ? new URL(address).pathname : address, 120);
}
