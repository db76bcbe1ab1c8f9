/** What faults do to answers. */
import type { ServerResponse } from 'node:http';

export function respondFailed(response: ServerResponse): void {
  const body = JSON.stringify({ statusCode: 500, error: 'Internal Server Error', message: 'told to fail' });
  response.writeHead(500, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Hands the body of an answer to `send` instead of sending it at once. Answers here are whole before they are sent. */
export function holdBody(response: ServerResponse, send: (body: Buffer) => void): void {
  response.end = (body?: unknown) => {
    send(typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0));
    return response;
  };
}
