/** What came back on one request. */
import type { RefinedResponse } from 'k6/http';
import type { RouteKey } from '../model.ts';
import type { JsonObject } from './contract.ts';

export type Response = RefinedResponse<'text' | 'none'>;

export class Reply {
  readonly route: RouteKey;
  readonly url: string;
  readonly sentBody: string | null;
  readonly response: Response;
  readonly status: number;
  readonly durationMs: number;
  /** The parsed body of a 2xx answer, if it was parsed. */
  json: JsonObject | undefined;
  /** Why the contract was broken; undefined if it was kept. */
  broken: string | undefined;
  /** Told of every value that is taken out of the answer. */
  onRead: ((value: string, field: string) => void) | undefined;

  constructor(route: RouteKey, url: string, sentBody: string | null, response: Response) {
    this.route = route;
    this.url = url;
    this.sentBody = sentBody;
    this.response = response;
    this.status = response.status;
    this.durationMs = response.timings.duration;
  }

  /** A response header by its canonical name (`Etag`); undefined if absent. */
  header(name: string): string | undefined {
    return this.response.headers[name];
  }

  /** Throws TypeError if the answer's field is no string. */
  text(field: string): string {
    const value = this.json?.[field];
    if (typeof value !== 'string') throw new TypeError(`${this.route}: field ${field} is not a string`);
    this.onRead?.(value, field);
    return value;
  }

  /** Throws TypeError if the answer's field is no number. */
  number(field: string): number {
    const value = this.json?.[field];
    if (typeof value !== 'number') throw new TypeError(`${this.route}: field ${field} is not a number`);
    return value;
  }
}
