/** How long after a step of load every service kept its objectives again. */
import { blastRule } from '../drills/blast-radius.ts';
import { recoveredAt } from '../drills/recovery.ts';
import { countedBetween, firstBad, isBad, type Watch, type Watched } from '../drills/seconds.ts';
import type { LoadStep } from './steps.ts';
import type { StepOutcome } from './types.ts';

type Holding = Pick<StepOutcome, 'answer' | 'holdAgainSeconds' | 'slowest' | 'unknown'>;

/** `unknown`: too few requests to tell; `silent`: none at all. */
type Fared =
  | { readonly kind: 'held'; readonly afterSeconds: number }
  | { readonly kind: 'lost' | 'unknown' | 'silent' };

/**
 * As drills find a recovery: the first run of good seconds that reaches beyond the moment at which load has changed.
 * @param measuredUntil last second with measurements, exclusive.
 * @param offsetSeconds how much later than the plan's seconds those of the load begin.
 */
export function holdingIn(
  step: LoadStep,
  services: readonly string[],
  watch: Watch,
  { measuredUntil, offsetSeconds }: { readonly measuredUntil: number; readonly offsetSeconds: number },
): Holding {
  const interval = {
    fromSecond: Math.max(0, step.fromSecond - offsetSeconds),
    endSecond: step.reachedSecond - offsetSeconds,
    untilSecond: Math.floor(Math.min(step.endSecond, measuredUntil)),
  };
  const fared = services.map((service) => ({ service, ...faredIn(watch.ofService(service), interval) }));
  const named = (kind: Fared['kind']) =>
    fared.filter((item) => item.kind === kind).map(({ service }) => service);
  const [lost, unknown] = [named('lost'), named('unknown')];
  if (measuredUntil < step.endSecond) return { answer: 'inconclusive', slowest: [], unknown };
  if (lost.length > 0) return { answer: 'fail', slowest: lost, unknown };
  const held = fared.flatMap((item) => (item.kind === 'held' ? [item] : []));
  if (held.length === 0) return { answer: 'inconclusive', slowest: [], unknown };
  const holdAgainSeconds = Math.max(...held.map(({ afterSeconds }) => afterSeconds));
  const slowest = held.filter(({ afterSeconds }) => afterSeconds > 0 && afterSeconds === holdAgainSeconds);
  return { answer: 'pass', holdAgainSeconds, slowest: slowest.map(({ service }) => service), unknown };
}

function faredIn(
  watched: readonly Watched[],
  interval: { readonly fromSecond: number; readonly endSecond: number; readonly untilSecond: number },
): Fared {
  const { fromSecond, endSecond, untilSecond } = interval;
  const inAll = watched.map((item) => countedBetween(item, Math.floor(fromSecond), untilSecond));
  if (inAll.every(({ total }) => total === 0)) return { kind: 'silent' };
  if (firstBad(watched, Math.floor(fromSecond), untilSecond) === undefined)
    return { kind: 'held', afterSeconds: 0 };
  const again = recoveredAt(watched, interval);
  if (again !== undefined) return { kind: 'held', afterSeconds: again - fromSecond };
  const isLost = watched.some((item) => isLostIn(item, Math.ceil(endSecond), untilSecond));
  return { kind: isLost ? 'lost' : 'unknown' };
}

/** As a service counts as taken down: refuted as a whole, and bad for more than a moment. */
function isLostIn(watched: Watched, fromSecond: number, toSecond: number): boolean {
  const { target } = watched.objective;
  let badSeconds = 0;
  for (let second = fromSecond; second < toSecond; second += 1) {
    if (isBad(countedBetween(watched, second, second + 1), target)) badSeconds += 1;
  }
  const isRefuted = isBad(countedBetween(watched, fromSecond, toSecond), target);
  return isRefuted && badSeconds >= blastRule.leastBadSeconds;
}
