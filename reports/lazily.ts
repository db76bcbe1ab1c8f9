/** How each property of an object is made; one that may be absent comes out as undefined. */
export type Parts<T> = {
  readonly [K in keyof T]-?: () => T[K] | (object extends Pick<T, K> ? undefined : never);
};

/** An object whose properties are made when they are first read: whoever reads a few pays for a few. */
export function lazily<T extends object>(parts: Parts<T>): T {
  const lazy = {};
  for (const [name, make] of Object.entries<() => unknown>(parts)) {
    Object.defineProperty(lazy, name, { enumerable: true, get: once(make) });
  }
  return lazy as T;
}

/** What `make` returns, worked out when it is first asked for and kept. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
