/** An answer whose JSON a visit goes on with. */
import type { RouteKey } from '../model.ts';
import type { JsonObject } from './contract.ts';

export class Answer {
  readonly status: number;
  /** The body; undefined if the answer is not 2xx. */
  readonly json: JsonObject | undefined;
  private readonly route: RouteKey;
  /** Told of every text that is taken out of the answer. */
  private readonly onRead: ((value: string, origin: string) => void) | undefined;

  constructor(
    route: RouteKey,
    status: number,
    json: JsonObject | undefined,
    onRead: ((value: string, origin: string) => void) | undefined,
  ) {
    this.route = route;
    this.status = status;
    this.json = json;
    this.onRead = onRead;
  }

  /** A field of the answer. Throws TypeError if it is no string. */
  text(field: string): string {
    const value = this.json?.[field];
    if (typeof value !== 'string') throw new TypeError(`${this.route}: field ${field} is not a string`);
    this.onRead?.(value, `${this.route}.${field}`);
    return value;
  }

  /** A field of the answer. Throws TypeError if it is no number. */
  number(field: string): number {
    const value = this.json?.[field];
    if (typeof value !== 'number') throw new TypeError(`${this.route}: field ${field} is not a number`);
    return value;
  }
}
