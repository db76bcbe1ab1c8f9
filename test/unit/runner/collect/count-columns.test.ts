import { expect, it } from 'vitest';
import { CountColumns } from '../../../../runner/collect/count-columns.ts';
import { CountWindow } from '../../../../slo/statistics/count-window.ts';

const seriesOf = ({ from, counts }: CountWindow) => ({ from, counts: Array.from(counts) });

it('counts by index, whatever the order and however far apart', () => {
  const column = new CountWindow();
  column.add(5, 2);
  column.add(5, 1);
  column.add(8, 4);
  column.add(3, 7);
  expect(seriesOf(column)).toEqual({ from: 3, counts: [7, 0, 3, 0, 0, 4] });
  column.add(200, 1);
  expect(seriesOf(column).counts).toHaveLength(198);
});

it('holds counts of any size', () => {
  const column = new CountWindow();
  for (const [second, count] of [255, 1, 65_535, 2 ** 32 - 2].entries()) column.add(second, count);
  for (let second = 0; second < 4; second++) column.add(second, 1);
  expect(seriesOf(column).counts).toEqual([256, 2, 65_536, 2 ** 32 - 1]);
});

it('keeps one column a label set', () => {
  const columns = new CountColumns<{ a: string; b: string }>();
  columns.of({ a: 'x', b: 'y' }).add(0, 1);
  columns.of({ a: 'xy', b: '' }).add(0, 2);
  columns.of({ a: 'x', b: 'y' }).add(1, 3);
  const told = columns.series().map(({ a, b, counts }) => [a, b, ...Array.from(counts)]);
  expect(told).toEqual([
    ['x', 'y', 1, 3],
    ['xy', '', 2],
  ]);
});
