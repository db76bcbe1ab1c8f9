/** Tolerances of probes as what an answer must be like. */
import { z } from 'zod';
import type { Path } from '../../../slo/openslo/documents.ts';
import type { Check } from '../types.ts';
import type { Findings } from './findings.ts';

const status = z.int().min(100).max(599);

const toleranceSchema = z.union([
  z.int(),
  z.array(z.int()).min(1),
  z.looseObject({
    type: z.literal('range'),
    range: z.tuple([z.number(), z.number()]),
    target: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('regex'), pattern: z.string(), target: z.string().optional() }),
]);

type Expect = Check['expect'];

/**
 * What a probe's tolerance asks of its answer: an HTTP status or an exit code, or a pattern in the body or the
 * output. Undefined if it asks for something else, which is then told.
 */
export function expectOf(
  tolerance: unknown,
  provider: 'http' | 'process',
  path: Path,
  findings: Findings,
): Expect | undefined {
  const read = toleranceSchema.safeParse(tolerance);
  const expect = read.success ? translate(read.data, provider) : undefined;
  if (expect === undefined) {
    const can = provider === 'http' ? 'a status, several, a range of them' : 'an exit code';
    const what = `only ${can} or a regex over ${provider === 'http' ? 'the body' : 'stdout'} is checked`;
    findings.add('UNSUPPORTED_EXPERIMENT', path, what);
  }
  return expect;
}

function translate(
  tolerance: z.infer<typeof toleranceSchema>,
  provider: 'http' | 'process',
): Expect | undefined {
  if (typeof tolerance === 'number') return translate([tolerance], provider);
  if (Array.isArray(tolerance)) {
    if (provider === 'http')
      return z.array(status).safeParse(tolerance).success ? { status: tolerance } : undefined;
    return tolerance.length === 1 ? { exitCode: tolerance[0] ?? 0 } : undefined;
  }
  if (tolerance.type === 'regex') {
    const isText = tolerance.target === (provider === 'http' ? 'body' : 'stdout');
    return isText && isPattern(tolerance.pattern) ? { matches: tolerance.pattern } : undefined;
  }
  const [from, to] = tolerance.range;
  const all = Array.from({ length: 500 }, (_, index) => index + 100);
  const inside = all.filter((code) => code >= from && code <= to);
  const isStatus = provider === 'http' && [undefined, 'status'].includes(tolerance.target);
  return isStatus && inside.length > 0 ? { status: inside } : undefined;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false; // Python's dialect has what JavaScript's lacks
  }
}
