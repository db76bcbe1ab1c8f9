/** The kinds of OpenSLO v1 documents: a kind is one schema and one row. */
import { z } from 'zod';
import {
  alertConditionDocument,
  alertFields,
  alertPolicyDocument,
  alertTargetDocument,
} from './alert-schema.ts';
import { apiVersion, description, metadata } from './metadata.ts';
import { sliDocument, sloDocument, sloFields } from './schema.ts';
import { sourceFields } from './sources.ts';

const serviceDocument = z.strictObject({
  apiVersion,
  kind: z.literal('Service'),
  metadata,
  spec: z.strictObject({ description }),
});

const dataSourceDocument = z.strictObject({
  apiVersion,
  kind: z.literal('DataSource'),
  metadata,
  spec: z.strictObject({
    description,
    type: z.string().min(1),
    // Whatever the backend needs, as the standard has it.
    connectionDetails: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  }),
});

export const kinds = {
  SLO: sloDocument,
  SLI: sliDocument,
  AlertPolicy: alertPolicyDocument,
  AlertCondition: alertConditionDocument,
  AlertNotificationTarget: alertTargetDocument,
  DataSource: dataSourceDocument,
  Service: serviceDocument,
} as const;

export type Kind = keyof typeof kinds;
export type DocumentOf<K extends Kind> = z.infer<(typeof kinds)[K]>;

/** Every field name there is, to guess from when one is mistyped. */
export const knownFields: readonly string[] = [
  ...[metadata, serviceDocument, dataSourceDocument.shape.spec].flatMap((schema) =>
    Object.keys(schema.shape),
  ),
  ...sloFields,
  ...alertFields,
  ...sourceFields,
];
