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
  toleratesLossOf: z.array(z.string()).optional(),
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
  // Kinds, services and parameters are the planner's to check: it knows what was probably meant.
  faults: z
    .array(
      z.strictObject({
        atSeconds: z.number(),
        forSeconds: z.number(),
        service: z.string(),
        kind: z.string(),
        parameters: z.record(z.string(), z.number()).optional(),
      }),
    )
    .optional(),
  faultsWherePossible: z.boolean().optional(),
  faultsMayOverlap: z.boolean().optional(),
  abort: z
    .strictObject({
      errorShare: z.strictObject({ above: z.number(), overSeconds: z.number() }).optional(),
      atFailure: z.boolean().optional(),
    })
    .optional(),
  browsers: z.int().min(1).max(8).optional(),
  elasticity: z.strictObject({ noun: z.string().min(1), route: z.string() }).optional(),
});

const fieldMap = z.record(z.string(), z.string());
const lookup = {
  route: z.string(),
  params: fieldMap,
  about: fieldMap.optional(),
  absentStatus: z.array(z.int().min(100).max(599)).optional(),
};

const ledgerSchema = z.strictObject({
  name,
  kind: z.string(),
  write: z.string(),
  read: z.strictObject({ ...lookup, equal: fieldMap.optional() }),
  find: z
    .strictObject({ ...lookup, list: z.string(), match: fieldMap, fullAt: z.int().positive().optional() })
    .optional(),
  copies: z.strictObject({ ...lookup, list: z.string(), reading: z.string() }).optional(),
  settleSeconds: z.number().nonnegative(),
  patienceSeconds: positive,
  authenticate: isFunction.optional(),
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
  ledgers: z.array(ledgerSchema).optional(),
  defaultTarget: z.union([z.literal('sandbox'), z.strictObject({ file: z.string() })]),
  secrets: z.array(z.string()).optional(),
});
