/** Lets faults stand between sockets and a service. While none does, the server calls the service directly. */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** Calls `proceed` when the service may see the request; never, if it shall not. */
export type Interceptor = (request: IncomingMessage, response: ServerResponse, proceed: () => void) => void;

export class Interception {
  readonly #server: Server;
  #active: readonly Interceptor[] = [];
  #service: readonly RequestListener[] = [];

  constructor(server: Server) {
    this.#server = server;
  }

  /** Puts an interceptor in the way of every request from now on; answers how to take it out again. */
  add(interceptor: Interceptor): () => void {
    if (this.#active.length === 0) {
      this.#service = this.#server.listeners('request') as RequestListener[];
      this.#server.removeAllListeners('request');
      this.#server.on('request', this.#intercept);
    }
    this.#active = [...this.#active, interceptor];
    return () => this.#remove(interceptor);
  }

  readonly #intercept: RequestListener = (request, response) => {
    const service = this.#service;
    const serve = () => {
      for (const listener of service) listener(request, response);
    };
    const chain = this.#active.reduceRight<() => void>(
      (proceed, interceptor) => () => interceptor(request, response, proceed),
      serve,
    );
    chain();
  };

  #remove(interceptor: Interceptor): void {
    const left = this.#active.filter((item) => item !== interceptor);
    if (left.length === this.#active.length) return;
    this.#active = left;
    if (left.length > 0) return;
    this.#server.off('request', this.#intercept);
    for (const listener of this.#service) this.#server.on('request', listener);
  }
}
