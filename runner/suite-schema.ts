/** The shape of a suite, checked at the boundary: a config file is a stranger's program. */
import { z } from 'zod';

const path = z.string().startsWith('/', 'must start with "/"');
const positive = z.number().positive();
const isFunction = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'must be a function',
);

const contractSchema = z.strictObject({
  status: z.array(z.int().min(100).max(599)).min(1),
  fields: z.array(z.string()).optional(),
  contains: z.string().optional(),
});

const routeSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path,
  kind: z.enum(['read', 'write']),
  auth: z.enum(['customer', 'signature']).optional(),
  contract: contractSchema,
});

/** A dot would blur `service.route`. */
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be letters, digits, "-" and "_"');

const serviceSchema = z.strictObject({
  description: z.string(),
  tier: z.enum(['critical', 'standard', 'degradable']),
  team: z.string(),
  calls: z.array(z.string()),
  edge: z.enum(['gateway', 'direct']),
  health: path,
  routes: z.record(name, routeSchema),
});

const scenarioSchema = z.strictObject({
  kind: z.enum(['service', 'journey']),
  service: z.string().optional(),
  description: z.string(),
  iterationsPerSecondAt1x: positive,
  shape: z.enum(['proportional', 'steady', 'lagged']),
  lagSeconds: positive.optional(),
  boostIn: z.record(z.string(), positive).optional(),
  beacons: positive.optional(),
  thinkSeconds: z.number().nonnegative(),
  expectedLatencyMs: positive,
  actions: z.record(
    z.string(),
    z.strictObject({ weight: positive, requests: z.record(z.string(), positive) }),
  ),
});

const profileSchema = z.strictObject({
  name,
  description: z.string(),
  phases: z
    .array(
      z.strictObject({
        name: z.string(),
        kind: z.enum(['hold', 'ramp']),
        seconds: positive,
        multiplier: z.number().nonnegative(),
      }),
    )
    .min(1),
  stopAtFailure: z.boolean().optional(),
  browsers: z.int().min(1).max(8).optional(),
});

export const suiteSchema = z.strictObject({
  name,
  title: z.string(),
  catalog: z.record(name, serviceSchema),
  traffic: z.record(name, scenarioSchema),
  profiles: z.array(profileSchema).min(1),
  defaultProfile: z.string(),
  script: z.string(),
  browserScript: z.string().optional(),
  objectives: z.string(),
  policies: z.string(),
  promises: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
      notMeasured: z.string().optional(),
    }),
  ),
  samplers: z
    .array(
      z.strictObject({ reading: z.string(), route: z.string(), field: z.string(), everySeconds: positive }),
    )
    .optional(),
  audits: z.array(z.strictObject({ name: z.string(), run: isFunction })).optional(),
  defaultTarget: z.union([z.literal('sandbox'), z.strictObject({ file: z.string() })]),
  secrets: z.array(z.string()).optional(),
});
