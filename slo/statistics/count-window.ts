/** Counts by index, in the window from the lowest to the highest index that was counted. */
export class CountWindow {
  /** The window is `from` up to `end`, exclusive; the array may reach beyond it on both sides. */
  #from = 0;
  #end = 0;
  /** Index of the array's first place. */
  #base = 0;
  /** As narrow as its counts allow: most count a handful, and there are many windows. */
  #counts: Counts = new Uint8Array(16);
  /** What fits in a place of that width. */
  #greatest = 2 ** 8 - 1;

  add(index: number, count: number): void {
    if (index < this.#from || index >= this.#end) this.#reach(index);
    const position = index - this.#base;
    const sum = (this.#counts[position] as number) + count;
    if (sum > this.#greatest) this.#widen(sum);
    this.#counts[position] = sum;
  }

  /** Index of `counts[0]`; 0 while nothing was counted. */
  get from(): number {
    return this.#from;
  }

  /** A view: later counts may show in it. */
  get counts(): Counts {
    return this.#counts.subarray(this.#from - this.#base, this.#end - this.#base);
  }

  #widen(count: number): void {
    const isMedium = count < 2 ** 16;
    this.#greatest = isMedium ? 2 ** 16 - 1 : 2 ** 32 - 1;
    this.#counts = copyOf(this.#counts, isMedium ? Uint16Array : Uint32Array, this.#counts.length);
  }

  #reach(index: number): void {
    if (this.#from === this.#end) this.#base = this.#from = this.#end = index;
    const from = Math.min(this.#from, index);
    const end = Math.max(this.#end, index + 1);
    if (from < this.#base || end > this.#base + this.#counts.length) this.#moveTo(from, end);
    this.#from = from;
    this.#end = end;
  }

  /** Into an array of twice the length, with the room on the side that ran out: windows grow place by place. */
  #moveTo(from: number, end: number): void {
    const spare = end - from;
    const base = from < this.#base ? from - spare : from;
    const length = end - from + spare;
    this.#counts = copyOf(this.counts, widthOf(this.#counts), length, this.#from - base);
    this.#base = base;
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
