/**
 * Says yes to a share of the times it is asked, spread evenly instead of by chance: 20 % is every fifth time, in a
 * short run too.
 */
export function evenly(share: number): () => boolean {
  let owed = 0;
  return () => {
    owed += share;
    if (owed < 1 - 1e-9) return false;
    owed -= 1;
    return true;
  };
}
