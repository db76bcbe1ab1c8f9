/** Measures the error rates of the verdict and writes them into docs/calibration.md. Exits with 1 if a goal is missed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { brokenCells, type Cell, cells } from './cells.ts';
import { missedGoals } from './goals.ts';
import { runAll } from './pool.ts';
import { allCells, type Multiple, multiples, type Task } from './simulation.ts';
import { errorTable, powerTable, type Row } from './tables.ts';

const page = new URL('../../docs/calibration.md', import.meta.url);
const runsAtTarget = 4_000;
const runsElsewhere = 2_000;

const tasks = allCells.flatMap((cell, index) =>
  (brokenCells.includes(cell) ? ([1] as const) : multiples).map((multiple) => taskOf(cell, index, multiple)),
);
const results = await runAll(tasks, (finished) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${finished} of ${tasks.length} simulated`);
});

const rows = cells.map(rowOf);
const brokenRows = brokenCells.map(rowOf);
const tables = { errors: errorTable(rows), power: powerTable(rows), broken: errorTable(brokenRows) };
writeFileSync(page, Object.entries(tables).reduce(filledIn, readFileSync(page, 'utf8')));
console.log(Object.values(tables).join('\n\n'));

const missed = missedGoals(rows);
for (const goal of missed) console.error(`Missed: ${goal}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function taskOf(cell: Cell, index: number, multiple: Multiple): Task {
  const isPlainError = multiple === 1 && cell.objectives === undefined;
  return { cell: index, multiple, runs: isPlainError ? runsAtTarget : runsElsewhere };
}

function rowOf(cell: Cell): Row {
  const index = allCells.indexOf(cell);
  const own = tasks.flatMap((task, position) =>
    task.cell === index ? [[task.multiple, results[position]] as const] : [],
  );
  return { cell, results: Object.fromEntries(own) };
}

/** Replaces what stands between a table's markers. */
function filledIn(text: string, [name, table]: [string, string]): string {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`No markers of ${name} in ${page.pathname}`);
  return `${before}${begin}\n${table}\n${end}${after}`;
}
