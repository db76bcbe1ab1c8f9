/** Linear least squares of a few coefficients, by the normal equations. */

export interface LeastSquares {
  readonly coefficients: readonly number[];
  /** (XᵀX)⁻¹: times the residual variance, the covariance of the coefficients. */
  readonly covariance: readonly (readonly number[])[];
  /** Sum of squared residuals. */
  readonly squares: number;
}

/** Undefined where the rows do not tell the coefficients apart. */
export function leastSquares(
  rows: readonly { readonly x: readonly number[]; readonly y: number }[],
): LeastSquares | undefined {
  const size = rows[0]?.x.length ?? 0;
  if (rows.length < size || size === 0) return undefined;
  const indices = Array.from({ length: size }, (_, index) => index);
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  const normal = indices.map((i) => indices.map((j) => sum(({ x }) => (x[i] ?? 0) * (x[j] ?? 0))));
  const covariance = inverse(normal);
  if (covariance === undefined) return undefined;
  const right = indices.map((i) => sum(({ x, y }) => (x[i] ?? 0) * y));
  const coefficients = covariance.map((row) => dot(row, right));
  return { coefficients, covariance, squares: sum(({ x, y }) => (y - dot(x, coefficients)) ** 2) };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/** Gauss–Jordan with pivots. Columns are scaled first: concurrency and its square differ by orders. */
function inverse(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const scale = matrix.map((row, i) => 1 / Math.sqrt(row[i] || 1));
  const work = matrix.map((row, i) => [
    ...row.map((value, j) => value * (scale[i] as number) * (scale[j] as number)),
    ...matrix.map((_, j) => (i === j ? 1 : 0)),
  ]);
  for (let column = 0; column < work.length; column += 1) {
    const pivot = work.reduce(
      (best, row, i) =>
        i >= column && Math.abs(row[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0) ? i : best,
      column,
    );
    [work[column], work[pivot]] = [work[pivot] as number[], work[column] as number[]];
    const top = work[column] as number[];
    const lead = top[column] ?? 0;
    if (Math.abs(lead) < 1e-10) return undefined;
    work[column] = top.map((value) => value / lead);
    for (const [i, row] of work.entries()) {
      if (i === column) continue;
      const factor = row[column] ?? 0;
      work[i] = row.map((value, j) => value - factor * (work[column]?.[j] ?? 0));
    }
  }
  return work.map((row, i) =>
    row.slice(work.length).map((value, j) => value * (scale[i] as number) * (scale[j] as number)),
  );
}
