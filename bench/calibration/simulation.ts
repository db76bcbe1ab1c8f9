/** One cell at one failure rate, many times. */
import { brokenCells, type Cell, cells } from './cells.ts';
import { type MethodName, methodNames, methods } from './methods.ts';
import { simulate, trueShare } from './processes.ts';
import { createRandom } from './random.ts';

/** Failure rates, as multiples of the allowed one. */
export const multiples = [1, 5, 0.2] as const;
export type Multiple = (typeof multiples)[number];

export interface Task {
  /** Index in all cells, the broken ones last. */
  readonly cell: number;
  readonly multiple: Multiple;
  readonly runs: number;
}

export interface Tally {
  /** Shares of runs. A pass is that of the run's first objective, a fail that of any of its objectives. */
  readonly pass: number;
  readonly fail: number;
  /** Passes and fails that the truth of the requests used contradicts, or that lie exactly on the target. */
  readonly falsePass: number;
  readonly falseFail: number;
  readonly meanRequests: number;
  readonly medianRequests: number;
}

export type CellResult = Readonly<Partial<Record<MethodName, Tally>>>;

export const allCells: readonly Cell[] = [...cells, ...brokenCells];

export function runTask({ cell: index, multiple, runs }: Task): CellResult {
  const cell = allCells[index] as Cell;
  const random = createRandom(1_000 * index + 10 * multiple);
  const badShare = multiple * (1 - cell.target);
  const used = methodNames.filter((name) => !(name === 'early' && cell.fixedOnly));
  const counts = new Map(used.map((name) => [name, new Count(cell, badShare)]));
  for (let run = 0; run < runs; run += 1) {
    const observed = Array.from({ length: cell.objectives ?? 1 }, () => simulate(cell, badShare, random));
    for (const [name, count] of counts) count.add(methods[name](observed, cell));
  }
  return Object.fromEntries([...counts].map(([name, count]) => [name, count.tally()]));
}

class Count {
  private readonly requests: number[] = [];
  private pass = 0;
  private fail = 0;
  private falsePass = 0;
  private falseFail = 0;
  private readonly cell: Cell;
  private readonly badShare: number;

  constructor(cell: Cell, badShare: number) {
    this.cell = cell;
    this.badShare = badShare;
  }

  add(answers: ReturnType<(typeof methods)[MethodName]>): void {
    const [first] = answers;
    const [failed] = answers
      .filter(({ answer }) => answer === 'fail')
      .toSorted((a, b) => a.seconds - b.seconds);
    const { cell } = this;
    const truth = (seconds: number) =>
      trueShare(cell, this.badShare, cell.wholePhase ? cell.seconds : seconds);
    const allowed = 1 - cell.target;
    // A share a hair beside the target is on it.
    const slack = allowed * 1e-9;
    if (first?.answer === 'pass') {
      this.pass += 1;
      if (truth(first.seconds) > allowed - slack) this.falsePass += 1;
    }
    if (failed !== undefined) {
      this.fail += 1;
      if (truth(failed.seconds) < allowed + slack) this.falseFail += 1;
    }
    // A run is over when all is decided, or when its first failure decides it.
    const seconds = failed?.seconds ?? Math.max(...answers.map((answered) => answered.seconds));
    this.requests.push(seconds * cell.perSecond);
  }

  tally(): Tally {
    const runs = this.requests.length;
    const sorted = this.requests.toSorted((a, b) => a - b);
    return {
      pass: this.pass / runs,
      fail: this.fail / runs,
      falsePass: this.falsePass / runs,
      falseFail: this.falseFail / runs,
      meanRequests: sorted.reduce((sum, requests) => sum + requests, 0) / runs,
      medianRequests: sorted[Math.floor(runs / 2)] ?? Number.NaN,
    };
  }
}
