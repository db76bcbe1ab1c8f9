/** Counts by index, in the window from the lowest to the highest index that was counted. */
export class CountWindow {
  #from = 0;
  #length = 0;
  /** As narrow as its counts allow: most count a handful, and there are many windows. */
  #counts: Counts = new Uint8Array(16);
  /** What fits in a place of that width. */
  #greatest = 2 ** 8 - 1;

  add(index: number, count: number): void {
    if (this.#length === 0) this.#from = index;
    if (index < this.#from) this.#prepend(this.#from - index);
    const position = index - this.#from;
    if (position >= this.#counts.length) this.#grow(Math.max(position + 1, Math.ceil(1.5 * this.#length)));
    this.#length = Math.max(this.#length, position + 1);
    const sum = (this.#counts[position] ?? 0) + count;
    if (sum > this.#greatest) this.#widen(sum);
    this.#counts[position] = sum;
  }

  /** Index of `counts[0]`; 0 while nothing was counted. */
  get from(): number {
    return this.#from;
  }

  /** A view: later counts may show in it. */
  get counts(): Counts {
    return this.#counts.subarray(0, this.#length);
  }

  #widen(count: number): void {
    const isMedium = count < 2 ** 16;
    this.#greatest = isMedium ? 2 ** 16 - 1 : 2 ** 32 - 1;
    this.#counts = copyOf(this.#counts, isMedium ? Uint16Array : Uint32Array, this.#counts.length);
  }

  #grow(length: number): void {
    this.#counts = copyOf(this.#counts, widthOf(this.#counts), length);
  }

  #prepend(places: number): void {
    const counts = this.#counts.subarray(0, this.#length);
    this.#counts = copyOf(counts, widthOf(counts), this.#length + places, places);
    this.#length += places;
    this.#from -= places;
  }
}

type Counts = Uint8Array | Uint16Array | Uint32Array;
type Width = typeof Uint8Array | typeof Uint16Array | typeof Uint32Array;

function widthOf(counts: Counts): Width {
  return counts.BYTES_PER_ELEMENT === 1
    ? Uint8Array
    : counts.BYTES_PER_ELEMENT === 2
      ? Uint16Array
      : Uint32Array;
}

function copyOf(counts: Counts, width: Width, length: number, at = 0): Counts {
  const copy = new width(length);
  copy.set(counts, at);
  return copy;
}
