/** Shapes of request bodies, written once: they validate (JSON Schema), document (OpenAPI) and type. */

interface Kinds {
  string: string;
  integer: number;
  array: unknown[];
  object: object;
  anything: unknown;
}

/** Field → kind; a name that ends in `?` may be absent. Other fields are let through. */
export type BodyShape = Readonly<Record<string, keyof Kinds>>;

export type BodyOf<S extends BodyShape> = {
  readonly [F in keyof S as F extends `${string}?` ? never : F]: Kinds[S[F]];
} & {
  readonly [F in keyof S as F extends `${infer Name}?` ? Name : never]?: Kinds[S[F]];
};

export interface JsonSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

const schemas: Readonly<Record<keyof Kinds, object>> = {
  string: { type: 'string', maxLength: 1000 },
  integer: { type: 'integer', minimum: 0 },
  array: { type: 'array', maxItems: 1000 },
  object: { type: 'object' },
  anything: {},
};

export function schemaOf(shape: BodyShape): JsonSchema {
  const fields = Object.entries(shape);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, kind]) => [name.replace(/\?$/, ''), schemas[kind]])),
    required: fields.map(([name]) => name).filter((name) => !name.endsWith('?')),
  };
}
