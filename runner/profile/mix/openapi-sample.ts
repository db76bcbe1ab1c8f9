/** A value that fits a JSON schema, as an OpenAPI document states it. */
import { z } from 'zod';

const schemaShape = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  example: z.unknown().optional(),
  examples: z.unknown().optional(),
  default: z.unknown().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  minLength: z.number().optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  allOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});

const deepest = 8;
const longestText = 256;
const textOfFormat: Readonly<Record<string, string>> = {
  date: '2026-11-27',
  'date-time': '2026-11-27T06:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'someone@example.com',
  uri: 'http://example.com/',
};

/**
 * Examples and defaults first, then the least that fits: required properties only. `resolve` follows references.
 * Undefined for what is no schema, or nested deeper than anybody fills in.
 */
export function sampleOf(raw: unknown, resolve: (value: unknown) => unknown, depth = 0): unknown {
  const parsed = schemaShape.safeParse(resolve(raw));
  if (!parsed.success || depth > deepest) return undefined;
  const schema = parsed.data;
  const { examples } = schema;
  const given = schema.example ?? (Array.isArray(examples) ? examples[0] : undefined) ?? schema.const;
  const stated = given ?? schema.default ?? schema.enum?.[0];
  if (stated !== undefined) return stated;
  const sample = (part: unknown) => sampleOf(part, resolve, depth + 1);
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0];
  if (choice !== undefined) return sample(choice);
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(sample));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties !== undefined) {
    const names = schema.required ?? [];
    return Object.fromEntries(names.map((name) => [name, sample(schema.properties?.[name] ?? {})]));
  }
  if (type === 'array') return [sample(schema.items)].filter((item) => item !== undefined);
  if (type === 'integer' || type === 'number') return Math.max(1, schema.minimum ?? 1);
  if (type === 'boolean') return true;
  const text = textOfFormat[schema.format ?? ''] ?? '1';
  return text.padEnd(Math.min(schema.minLength ?? 0, longestText), '1');
}
