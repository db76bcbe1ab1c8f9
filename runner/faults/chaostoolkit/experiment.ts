/**
 * Chaos Toolkit's experiment format, as far as it is read here. Other fields are the format's too and say nothing
 * about what is done: tags, contributions, descriptions.
 */
import { z } from 'zod';
import { kindNames } from '../drivers/rules.ts';

const seconds = z.number().nonnegative();

const providerSchema = z.looseObject({
  type: z.string(),
  url: z.string().optional(),
  method: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  expected_status: z.int().optional(),
  path: z.string().optional(),
  arguments: z.unknown().optional(),
  /** In seconds: of the whole, or of connecting and of reading. */
  timeout: z.union([seconds, z.array(seconds)]).optional(),
});

export const activitySchema = z.looseObject({
  type: z.enum(['probe', 'action']),
  name: z.string(),
  provider: providerSchema,
  background: z.boolean().optional(),
  pauses: z.looseObject({ before: seconds.optional(), after: seconds.optional() }).optional(),
  /** Of a probe: the answers that are well. */
  tolerance: z.unknown().optional(),
  controls: z.array(z.unknown()).optional(),
});

/** An activity, or the name of one that stands elsewhere. */
const stepSchema = z.looseObject({ name: z.string().optional(), ref: z.string().optional() });

export const experimentSchema = z.looseObject({
  title: z.string(),
  configuration: z.record(z.string(), z.unknown()).default({}),
  secrets: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  'steady-state-hypothesis': z.looseObject({ probes: z.array(stepSchema).min(1) }).optional(),
  method: z.array(stepSchema).min(1),
  rollbacks: z.array(stepSchema).default([]),
  extensions: z.array(z.looseObject({ name: z.string() })).default([]),
  controls: z.array(z.unknown()).default([]),
});

/** What the format has no word for, in the place that it has for others' words. */
export const ownExtensionSchema = z.strictObject({
  name: z.literal('peakproof'),
  service: z.string().min(1),
  kind: z.enum(kindNames),
  /** On the profile's clock. */
  atSeconds: seconds.optional(),
  forSeconds: z.number().positive().optional(),
});

export type Experiment = z.infer<typeof experimentSchema>;
export type Step = z.infer<typeof stepSchema>;
export type Activity = z.infer<typeof activitySchema>;
export type Provider = z.infer<typeof providerSchema>;
export type OwnExtension = z.infer<typeof ownExtensionSchema>;
