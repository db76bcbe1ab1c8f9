/** URLs from path templates: the only place where a request's address is put together. */
import type { RouteKey } from '../model.ts';

export type Query = Readonly<Record<string, string | number>>;

/** The `:name` segments of a path template, as a type: `'cartId' | 'productId'`. */
export type ParamOf<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | ParamOf<`/${Tail}`>
    : Rest
  : never;

export type Params = Readonly<Record<string, string>>;
export type UrlBuilder = (params?: Params) => string;

const encode = encodeURIComponent;
const keysOf = Object.keys;

/**
 * Compiles `base` (without a trailing slash) and a template such as `/cart/:cartId` into a function.
 * Params are percent-encoded, so that no value can lead to another path or host; the function throws if
 * one is missing.
 */
export function urlBuilder(key: RouteKey, base: string, template: string): UrlBuilder {
  const [head = '', ...rest] = template.split(':');
  const names = rest.map((part) => part.split('/', 1)[0] as string);
  const tails = rest.map((part, index) => part.slice(names[index]?.length));
  const count = names.length;
  const start = base + head;
  return (params) => {
    let url = start;
    for (let i = 0; i < count; i++) {
      const value = params?.[names[i] as string];
      if (!value) throw new TypeError(`${key}: no value for :${names[i]}`);
      url += encode(value) + tails[i];
    }
    return url;
  };
}

/** A query with its `?`, percent-encoded; empty without any name. */
export function encodeQuery(query: Query): string {
  let text = '';
  const names = keysOf(query);
  // `for … in` and `for … of` cost k6 several times as much.
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    text += `${text === '' ? '?' : '&'}${encode(name)}=${encode(query[name] as string | number)}`;
  }
  return text;
}
