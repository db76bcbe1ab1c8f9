/** An answer whose JSON a visit goes on with. */
import type { RouteKey } from '../model.ts';
import type { Json, JsonObject } from './contract.ts';

/** Told of a field that is not what its reader needs: notes it as a broken contract, and ends the visit. */
export type Refuse = (scenario: string, route: RouteKey, cause: string, status: number) => never;

/**
 * A route's contract names fields, not their types: a wrong type is met only where a scenario reads the field.
 * By then the request has been counted, as kept by what its contract declares; the visit still ends as with
 * any broken contract, so a journey counts as failed, and the script is not blamed.
 */
export class Answer {
  readonly status: number;
  /** The body; undefined if the answer is not 2xx. */
  readonly json: JsonObject | undefined;
  private readonly scenario: string;
  private readonly route: RouteKey;
  /** Told of every text that is taken out of the answer. */
  private readonly onRead: ((value: string, origin: string) => void) | undefined;
  private readonly refuse: Refuse;

  constructor(
    scenario: string,
    route: RouteKey,
    status: number,
    json: JsonObject | undefined,
    onRead: ((value: string, origin: string) => void) | undefined,
    refuse: Refuse,
  ) {
    this.scenario = scenario;
    this.route = route;
    this.status = status;
    this.json = json;
    this.onRead = onRead;
    this.refuse = refuse;
  }

  /** A field of the answer. Throws ContractBroken if it is no string, TypeError if the answer is not 2xx. */
  text(field: string): string {
    const value = this.json?.[field];
    if (typeof value !== 'string') this.refuseType(field, value, 'a string');
    this.onRead?.(value, `${this.route}.${field}`);
    return value;
  }

  /** A field of the answer. Throws ContractBroken if it is no number, TypeError if the answer is not 2xx. */
  number(field: string): number {
    const value = this.json?.[field];
    if (typeof value !== 'number') this.refuseType(field, value, 'a number');
    return value;
  }

  private refuseType(field: string, value: Json | undefined, needed: string): never {
    if (this.json === undefined) {
      // Reading fields of a refusal that the contract allows is the script's own mistake.
      throw new TypeError(`${this.route}: field ${field} was read from an answer with status ${this.status}`);
    }
    const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    const { refuse } = this;
    const cause = `field ${field} is not ${needed} but ${found}`;
    return refuse(this.scenario, this.route, cause, this.status);
  }
}
