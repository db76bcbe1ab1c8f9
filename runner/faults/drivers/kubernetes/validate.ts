/** Holds generated objects against the schemas that Chaos Mesh and Istio publish (schemas/README.md). */
import { Ajv, type ValidateFunction } from 'ajv';
import { readPackageFile } from '../../../package.ts';
import type { KubernetesObject } from './objects.ts';

const compiled = new Map<string, ValidateFunction>();

/** What every object has; some schemas leave it out, because no object could be without. */
const everyObject = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object' },
};

/** Everything that the object's schema finds wrong with it, each as `place message`; empty if nothing is. */
export function schemaFaults(object: KubernetesObject): readonly string[] {
  const validate = validatorFor(object.kind);
  const isValid: boolean = validate(object);
  if (isValid) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${object.kind}${instancePath.replaceAll('/', '.')} ${message} ${JSON.stringify(params)}`,
  );
}

function validatorFor(kind: KubernetesObject['kind']): ValidateFunction {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const text = readPackageFile(`runner/faults/drivers/kubernetes/schemas/${kind}.json`);
  // Kubernetes' dialect has keywords and formats of its own, which say nothing about an object's shape.
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  const { properties, ...rest } = JSON.parse(text) as { properties: object };
  const validate = ajv.compile(closed({ ...rest, properties: { ...everyObject, ...properties } }) as object);
  compiled.set(kind, validate);
  return validate;
}

/** Kubernetes drops fields that a schema does not know; here they are mistakes, as with `kubectl --validate=strict`. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isOpen = inner.type !== 'object' || inner.properties === undefined;
  return isOpen || 'additionalProperties' in inner ? inner : { ...inner, additionalProperties: false };
}
