/** URLs from path templates: the only place where a request's address is put together. */
import type { RouteKey } from '../model.ts';

export type Query = Readonly<Record<string, string | number>>;

/** The `:name` segments of a path template, as a type: `'cartId' | 'productId'`. */
export type ParamOf<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | ParamOf<`/${Tail}`>
    : Rest
  : never;

interface Part {
  readonly name: string;
  readonly tail: string;
}

export type UrlBuilder = (params?: Readonly<Record<string, string>>, query?: Query) => string;

/**
 * Compiles `base` (without a trailing slash) and a template such as `/cart/:cartId` into a function.
 * Params and query are percent-encoded, so that no value can lead to another path or host; the function
 * throws if a param is missing.
 */
export function urlBuilder(key: RouteKey, base: string, template: string): UrlBuilder {
  const [head = '', ...rest] = template.split(':');
  const parts = rest.map((part) => {
    const slash = part.indexOf('/');
    return slash < 0 ? { name: part, tail: '' } : { name: part.slice(0, slash), tail: part.slice(slash) };
  });
  const start = base + head;
  return (params, query) => {
    let url = start;
    for (let i = 0; i < parts.length; i++) {
      const { name, tail } = parts[i] as Part;
      const value = params?.[name];
      if (!value) throw new TypeError(`${key}: no value for :${name}`);
      url += encodeURIComponent(value) + tail;
    }
    return query === undefined ? url : `${url}?${encodeQuery(query)}`;
  };
}

function encodeQuery(query: Query): string {
  return Object.keys(query)
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(query[name] as string | number)}`)
    .join('&');
}
