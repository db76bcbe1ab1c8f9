/** How customers were split between variants: each counts once, however often it comes. */

/** A split as an audit reads it: the share that was planned to have the variant, and who had it. */
export interface Split {
  readonly name: string;
  readonly plannedShare: number;
  readonly customers: number;
  readonly withVariant: number;
}

export class Splits {
  readonly #seen = new Map<string, { plannedShare: number; all: Set<string>; withVariant: Set<string> }>();

  note(name: string, plannedShare: number, customer: string, hasVariant: boolean): void {
    const split = this.#seen.get(name) ?? { plannedShare, all: new Set(), withVariant: new Set() };
    this.#seen.set(name, split);
    split.all.add(customer);
    if (hasVariant) split.withVariant.add(customer);
  }

  list(): Split[] {
    return [...this.#seen].map(([name, { plannedShare, all, withVariant }]) => ({
      name,
      plannedShare,
      customers: all.size,
      withVariant: withVariant.size,
    }));
  }
}
