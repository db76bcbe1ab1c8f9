/** Turns a scenario's actions into the function that k6 calls once per iteration. */
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog, RouteKey, RouteKeyOf, ScenarioTraffic, Traffic } from '../model.ts';
import { startIteration } from './clock.ts';
import { ContractBroken, limitIndex, outcomeNames } from './contract.ts';
import { ledger } from './ledger.ts';
import { createVisit, type LiveVisit, type Setting, type VisitMaker } from './live-visit.ts';
import { hashText, weightedChoice } from './random.ts';
import { type Exchange, senderOf } from './request.ts';
import { plan, seed } from './run.ts';
import { SessionKeeper, type SignIn } from './session.ts';
import type { Visit } from './visit.ts';

const journeys = new Counter('peakproof_journeys');
/** For limits that nobody declared before the run; a journey is rare enough for a second sample. */
const durations = new Trend('peakproof_journey_duration', true);

/** One iteration of a scenario; the default export of its file. */
export type ScenarioFunction = () => unknown;

/** Exactly the actions that the traffic model names, each limited to the routes it lists there. */
export type ActionsOf<C extends Catalog, T extends ScenarioTraffic> = {
  readonly [A in keyof T['actions']]: (
    visit: Visit<C, keyof T['actions'][A]['requests'] & RouteKeyOf<C>>,
  ) => void;
};

type Action = (visit: LiveVisit) => void;
type Actions = Readonly<Record<string, Action>>;

/** An action as an iteration needs it. */
interface Task {
  readonly action: string;
  readonly act: Action;
  readonly weight: number;
  /** Mean pause between its requests. */
  readonly gapSeconds: number;
}

/**
 * Binds a suite's catalog and traffic model. The function it returns makes a scenario:
 *
 *     export default scenario('cart', { glance(visit) { visit.send('cart.get', …); }, … });
 *
 * With a plan, an iteration does one action, drawn by the plan's weights. Alone, it does each once.
 * A VU loads every file of the suite but serves one scenario, so nothing is prepared before the first call.
 */
export function scenariosOf<C extends Catalog, T extends Traffic>(
  catalog: C,
  traffic: T,
  signIn?: SignIn<Visit<C>>,
) {
  const sender = (route: RouteKey, exchange: Exchange) => senderOf(catalog, route, exchange);
  // The typed visit and the live one are one object, but the compiler cannot follow the route names.
  const keeper = signIn && new SessionKeeper(signIn as unknown as SignIn<LiveVisit>, Date.now);

  return <N extends keyof T & string>(name: N, typedActions: ActionsOf<C, T[N]>): ScenarioFunction => {
    const actions = typedActions as unknown as Actions;
    let run: ScenarioFunction | undefined;
    return () => {
      run ??= plan
        ? plannedRun(plan, name, (took) => visitorOf(name, sender, keeper, took), actions)
        : aloneRun(traffic[name] as ScenarioTraffic, name, visitorOf(name, sender, keeper), actions);
      run();
    };
  };
}

/** The VU's visitor of a scenario; signs in with a visit of its own where `keeper` has no valid session. */
function visitorOf(
  scenario: string,
  senderOf: Setting['senderOf'],
  keeper: SessionKeeper<LiveVisit> | undefined,
  took?: Setting['took'],
): VisitMaker {
  const stream = hashText(`${seed}/${scenario}`);
  const noToken = () => {
    throw new Error(`${scenario}: a request needs a customer, but the suite gives no sign-in`);
  };
  const upkeep = createVisit({ scenario, stream: ~stream, senderOf, upkeep: true, ownToken: noToken });
  const signIn = () => {
    upkeep.begin(exec.vu.idInTest);
    return upkeep.visit;
  };
  const ownToken = keeper ? () => keeper.current(signIn) : noToken;
  return createVisit({
    ...{ scenario, stream, senderOf, upkeep: false, ownToken },
    ...(took === undefined ? {} : { took }),
  });
}

/** Every action once, so that whoever writes a scenario sees at once what works. */
function aloneRun(
  scenario: ScenarioTraffic,
  name: string,
  { visit, begin }: VisitMaker,
  actions: Actions,
): ScenarioFunction {
  const tasks = tasksOf(scenario, actions);
  return () => {
    const first = startIteration() * tasks.length;
    tasks.forEach(({ action, act }, index) => {
      begin(first + index);
      try {
        act(visit);
      } catch (error) {
        failed(name, action, error);
      }
    });
  };
}

function plannedRun(
  { scenarios, journeyLimitsMs }: LoadPlan,
  name: string,
  visitor: (took?: Setting['took']) => VisitMaker,
  actions: Actions,
): ScenarioFunction {
  const planned = scenarios.find((candidate) => candidate.name === name);
  if (!planned) throw new Error(`the plan has no scenario ${name}`);
  const tasks = tasksOf(planned.traffic, actions);
  return planned.kind === 'service'
    ? served(name, tasks, visitor())
    : countedJourney(name, journeyLimitsMs[name] ?? [], tasks, visitor);
}

/** An iteration does one action, drawn by the weights. False if a request broke its contract. */
function served(name: string, tasks: readonly Task[], { visit, begin, pauseBetween }: VisitMaker) {
  const choose = weightedChoice(tasks);
  const hasGaps = tasks.some(({ gapSeconds }) => gapSeconds > 0);
  return (): boolean => {
    const task = choose(begin(startIteration()));
    if (hasGaps) pauseBetween(task.gapSeconds);
    try {
      task.act(visit);
      return true;
    } catch (error) {
      return failed(name, task.action, error);
    }
  };
}

/** Counts each iteration under its outcome: the journey's response times together, against its limits. */
function countedJourney(
  journey: string,
  limitsMs: readonly number[],
  tasks: readonly Task[],
  visitor: (took: Setting['took']) => VisitMaker,
): ScenarioFunction {
  let totalMs = 0;
  const serve = served(
    journey,
    tasks,
    visitor((durationMs) => {
      totalMs += durationMs;
    }),
  );
  const tagsOf = (outcome: string) => ({ journey, outcome });
  const keptTags = outcomeNames(limitsMs).map(tagsOf);
  const errorTags = tagsOf('error');
  const ofJourney = { journey };
  return () => {
    let tags = errorTags;
    totalMs = 0;
    try {
      if (serve()) tags = keptTags[limitIndex(limitsMs, totalMs)] ?? errorTags;
    } finally {
      journeys.add(1, tags);
      durations.add(totalMs, ofJourney);
    }
  };
}

/**
 * False if a request broke its contract. An exception of the script itself is not the system's fault, but no
 * success either: it goes to the ledger and on to k6, which logs it.
 */
function failed(scenario: string, action: string, error: unknown): false {
  if (error instanceof ContractBroken) return false;
  ledger('script-exception', { scenario, action, message: String(error) });
  throw error;
}

/** The scenario's think time is spread over an action's gaps. */
function tasksOf({ actions: planned, thinkSeconds }: ScenarioTraffic, actions: Actions): readonly Task[] {
  return Object.entries(planned).map(([action, { weight, requests }]) => {
    const count = Object.values(requests).reduce((sum, mean) => sum + mean, 0);
    const gapSeconds = count > 1 ? thinkSeconds / (count - 1) : 0;
    return { action, act: actions[action] as Action, weight, gapSeconds };
  });
}
