/** What all kinds of OpenSLO documents have in common. */
import { z } from 'zod';

export const apiVersion = z.literal('openslo/v1');

export const name = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'use lower-case letters, digits and hyphens');

export const description = z.string().max(1050).optional();

const keyName = '[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?';
const keyRule = 'a key is at most 63 letters, digits, dashes, dots and underscores';
const labelKey = z.string().regex(new RegExp(`^${keyName}$`), keyRule);
const annotationKey = z
  .string()
  .regex(new RegExp(`^([a-z0-9][-a-z0-9.]{0,252}/)?${keyName}$`), `${keyRule}, after an optional prefix/`);

export const metadata = z.strictObject({
  name,
  displayName: z.string().min(1).optional(),
  labels: z.record(labelKey, z.union([z.string(), z.array(z.string()).min(1)])).optional(),
  annotations: z.record(annotationKey, z.string()).optional(),
});

export type Metadata = z.infer<typeof metadata>;
