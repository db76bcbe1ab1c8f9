/** Alert policies, their conditions and where they notify, of OpenSLO v1. */
import { z } from 'zod';
import { delay, fixedDuration } from './durations.ts';
import { apiVersion, description, metadata, name } from './metadata.ts';

const condition = z.strictObject({
  // The text gives this default; the SDK demands the field.
  kind: z.literal('burnrate').default('burnrate'),
  op: z.enum(['lt', 'lte', 'gt', 'gte']),
  threshold: z.number().nonnegative(),
  lookbackWindow: fixedDuration,
  alertAfter: delay.default('0m'),
});

const conditionSpec = z.strictObject({ description, severity: z.string().min(1), condition });

const targetSpec = z.strictObject({ description, target: z.string().min(1) });

/** Either a reference, or kind, metadata and spec: which of them, is checked where the policy is read. */
const conditionEntry = z.strictObject({
  conditionRef: name.optional(),
  kind: z.literal('AlertCondition').optional(),
  metadata: metadata.optional(),
  spec: conditionSpec.optional(),
});

const targetEntry = z.strictObject({
  targetRef: name.optional(),
  kind: z.literal('AlertNotificationTarget').optional(),
  metadata: metadata.optional(),
  spec: targetSpec.optional(),
});

const policySpec = z.strictObject({
  description,
  alertWhenNoData: z.boolean().default(false),
  alertWhenResolved: z.boolean().default(false),
  alertWhenBreaching: z.boolean().default(false),
  conditions: z.array(conditionEntry).length(1, 'name exactly one condition'),
  notificationTargets: z.array(targetEntry).optional(),
});

export const alertPolicyEntry = z.strictObject({
  alertPolicyRef: name.optional(),
  kind: z.literal('AlertPolicy').optional(),
  metadata: metadata.optional(),
  spec: policySpec.optional(),
});

export const alertPolicyDocument = z.strictObject({
  apiVersion,
  kind: z.literal('AlertPolicy'),
  metadata,
  spec: policySpec,
});

export const alertConditionDocument = z.strictObject({
  apiVersion,
  kind: z.literal('AlertCondition'),
  metadata,
  spec: conditionSpec,
});

export const alertTargetDocument = z.strictObject({
  apiVersion,
  kind: z.literal('AlertNotificationTarget'),
  metadata,
  spec: targetSpec,
});

export type AlertPolicyEntry = z.infer<typeof alertPolicyEntry>;
export type AlertPolicySpec = z.infer<typeof policySpec>;
export type AlertConditionSpec = z.infer<typeof conditionSpec>;

export const alertFields: readonly string[] = [
  condition,
  conditionSpec,
  targetSpec,
  conditionEntry,
  targetEntry,
  policySpec,
  alertPolicyEntry,
].flatMap((schema) => Object.keys(schema.shape));
