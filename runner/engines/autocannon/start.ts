import type { Instance, Options, Result } from 'autocannon';

/** Starts autocannon; `result` rejects if it refuses its options. The library is loaded here, when it is needed. */
export async function startAutocannon(
  options: Options,
): Promise<{ readonly running: Instance; readonly result: Promise<Result> }> {
  const { default: autocannon } = await import('autocannon');
  const { promise, resolve, reject } = withResolvers<Result>();
  const running = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
  return { running, result: promise };
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}
