import type { Conversation } from '../../../scenarios/mix.ts';

/**
 * Counts answers by whether any request of the mix expects their status: autocannon does not say which request an
 * answer belongs to.
 */
export class StatusCounts {
  readonly #expected: ReadonlySet<number>;
  readonly #counts = new Map<number, number>();
  answers = 0;

  constructor(conversations: readonly Conversation[]) {
    this.#expected = new Set(conversations.flat().flatMap(({ expect }) => expect));
  }

  add(status: number): void {
    this.answers += 1;
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
  }

  /** Unexpected statuses with their counts. */
  get unserved(): readonly (readonly [status: number, count: number])[] {
    const isServed = (status: number) => this.#expected.has(status) || (status >= 200 && status < 300);
    return [...this.#counts].filter(([status]) => !isServed(status));
  }
}

export function sumOf(counts: readonly (readonly [number, number])[]): number {
  return counts.reduce((sum, [, count]) => sum + count, 0);
}
