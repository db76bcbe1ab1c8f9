/** OpenAPI 3.1 documents, generated from the catalog: one generator for all services. */
import type { Route, Service } from '../../scenarios/model.ts';
import type { JsonSchema } from './body.ts';

const securitySchemes = {
  customer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'x-signature',
    description: 'HMAC-SHA256 of the body, hex',
  },
} as const;

/** `bodies` maps a route's name to the schema of its request body. */
export function openApiDocument(
  name: string,
  service: Service,
  bodies: Readonly<Record<string, JsonSchema | undefined>>,
): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [routeName, route] of Object.entries(service.routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method.toLowerCase()]: operation(`${name}.${routeName}`, route, bodies[routeName]),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: `RetailPulse ${name}`, description: service.description, version: '1.0.0' },
    paths,
    components: { securitySchemes },
  };
}

function operation(operationId: string, route: Route, body: JsonSchema | undefined): object {
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return {
    operationId,
    parameters,
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    ...(route.auth && { security: [{ [route.auth]: [] }] }),
    responses: Object.fromEntries(
      route.contract.status.map((status) => [String(status), response(status, route)]),
    ),
  };
}

function response(status: number, route: Route): object {
  const { fields, contains } = route.contract;
  const described = { description: status < 300 ? 'success' : 'an answer the contract allows' };
  if (status >= 300) return described;
  if (contains) return { ...described, content: { 'text/html': { schema: { type: 'string' } } } };
  if (!fields) return described;
  const schema = {
    type: 'object',
    required: fields,
    properties: Object.fromEntries(fields.map((field) => [field, {}])),
  };
  return { ...described, content: { 'application/json': { schema } } };
}
