/** One profile while it is measured, step after step. A step that cannot go on ends the rest, and loses nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Problem, problem } from '../../scenarios/problem.ts';
import { mostFailed } from '../../slo/profile/capacity.ts';
import { estimateTimes } from '../../slo/profile/estimate.ts';
import type { NodeFacts } from '../../slo/profile/node.ts';
import { costRun } from '../../slo/profile/rates.ts';
import type { Capacity, CpuFacts, ServiceProfile } from '../../slo/profile/types.ts';
import { runClosedLoop } from '../engines/autocannon/closed-loop.ts';
import { profileFiles } from '../store/profile-folder.ts';
import { findCapacity } from './closed-loop-steps.ts';
import { noteInlining, profileCpu, unwatchThread } from './inspector/probe.ts';
import { type NodeReadings, nodeFacts } from './node-facts.ts';
import { RateRuns } from './rate-runs.ts';
import type { ProfileRequest } from './types.ts';
import { SubjectWatch } from './watch.ts';

const warmUpConnections = 4;
const warmUpBlocks = 4;
/** A process that is not our child tells of its end that late: until then it only seems to refuse. */
const endIsToldWithinMs = 500;

type Findings = Pick<ServiceProfile, 'capacity' | 'rates' | 'cpu' | 'node' | 'demand'>;

const noAnswer = { remedy: 'Look why it hangs: alone, each request was answered.' };

export class ProfileRun {
  readonly problems: Problem[] = [];
  readonly #request: ProfileRequest;
  readonly #watch: SubjectWatch;
  readonly #stop = new AbortController();
  readonly #rates: RateRuns;
  #readings: NodeReadings = {};

  constructor(request: ProfileRequest) {
    this.#request = request;
    this.#watch = new SubjectWatch(request.subject);
    this.#rates = new RateRuns(request, this.#watch, this.#stop.signal);
    const stop = () => this.#stop.abort();
    request.stopSignal.addEventListener('abort', stop, { once: true });
    if (request.stopSignal.aborted) stop();
    void request.subject.ended.then((cause) => {
      this.problems.push(problem('SERVICE_EXITED', cause));
      stop();
    });
  }

  get isComplete(): boolean {
    return !this.#stop.signal.aborted && this.problems.length === 0;
  }

  async measure(): Promise<Findings> {
    const { demandOf, folder, subject } = this.#request;
    await this.#warmUp();
    const capacity = await this.#findCapacity();
    if (capacity !== undefined) {
      await this.#rates.take(capacity);
      await this.#takeCpuProfile(capacity);
      this.problems.push(...this.#rates.problems);
      folder.write(profileFiles.engineLog, `${this.#rates.log.join('\n')}\n`);
      // The thread may be somebody else's: nothing of ours stays in it, however far this came.
      if (subject.inspector) await unwatchThread(subject.inspector).catch(() => {});
    }
    return {
      ...(capacity === undefined ? {} : { capacity }),
      rates: this.#rates.runs,
      ...this.#cpuFacts(),
      ...this.#nodeFacts(),
      ...(capacity === undefined || demandOf === undefined ? {} : { demand: demandOf(capacity) }),
    };
  }

  get #load() {
    const { subject, mix } = this.#request;
    return { baseUrl: subject.baseUrl, conversations: mix.conversations, signal: this.#stop.signal };
  }

  async #warmUp(): Promise<void> {
    const { blockSeconds, onStep, subject } = this.#request;
    onStep('warming up');
    // A thread that refuses refuses again when its profile is due, and that is told.
    if (subject.inspector) await noteInlining(subject.inspector).catch(() => {});
    const load = { ...this.#load, connections: warmUpConnections, blockSeconds, blocks: warmUpBlocks };
    const { sent, answers, unserved, errors, unservedStatuses } = await runClosedLoop(load);
    await this.#watch.rest(sent);
    if (this.#stop.signal.aborted) return;
    if (answers === 0)
      await this.#fail('TARGET_UNREACHABLE', 'the service gave no answer under load', noAnswer);
    else if (unserved + errors > (answers + errors) * mostFailed) {
      const statuses = unservedStatuses.length === 0 ? 'no answer' : unservedStatuses.join(', ');
      const share = Math.round((100 * (unserved + errors)) / (answers + errors));
      await this.#fail('SERVICE_REFUSES', `${share} % of requests under light load failed (${statuses})`);
    }
  }

  /** Ends the rest, unless the service has ended, which is then the cause. */
  async #fail(...told: Parameters<typeof problem>): Promise<void> {
    await Promise.race([this.#request.subject.ended, sleep(endIsToldWithinMs)]);
    if (this.#stop.signal.aborted) return;
    this.problems.push(problem(...told));
    this.#stop.abort();
  }

  async #findCapacity(): Promise<Capacity | undefined> {
    if (this.#stop.signal.aborted) return undefined;
    const { blockSeconds, onStep } = this.#request;
    const capacity = await findCapacity({
      ...this.#load,
      blockSeconds,
      onStep: (connections) => onStep(`capacity: ${connections} connection${connections === 1 ? '' : 's'}`),
      afterStep: (requests) => this.#watch.rest(requests),
    });
    if (capacity === undefined && !this.#stop.signal.aborted) {
      await this.#fail(
        'SERVICE_REFUSES',
        `more than ${100 * mostFailed} % of requests failed under full load`,
      );
    }
    return capacity;
  }

  /** On its own, because sampling costs the service a few percent. */
  async #takeCpuProfile(capacity: Capacity): Promise<void> {
    const { subject, folder, onStep, rateSeconds } = this.#request;
    const { inspector } = subject;
    const steady = this.#rates.steady(capacity);
    if (inspector === undefined || steady === undefined || this.#stop.signal.aborted) return;
    const { run, thread } = steady;
    this.#readings = { ...(thread === undefined ? {} : { thread }), threadSeconds: rateSeconds };
    onStep('CPU profile');
    try {
      let requests = 0;
      const cpuProfile = await profileCpu(inspector, async () => {
        requests = (await this.#rates.send(run.ratePerSecond)).requests;
      });
      await this.#watch.rest(requests);
      this.#readings = { ...this.#readings, cpuProfile, profiledRatePerSecond: run.ratePerSecond };
      folder.write(profileFiles.cpuProfile, JSON.stringify(cpuProfile));
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.problems.push(problem('INSPECTOR_UNAVAILABLE', (error as Error).message));
    }
  }

  #cpuFacts(): { cpu?: CpuFacts } {
    const run = costRun(this.#rates.runs);
    const memoryMb = this.#watch.memoryMb();
    if (run?.cores === undefined && memoryMb === undefined) return {};
    const msPerRequest = run?.cores && estimateTimes(run.cores, 1000 / run.achievedPerSecond);
    return {
      cpu: {
        of: this.#watch.cpuOf,
        ...(msPerRequest === undefined ? {} : { msPerRequest }),
        ...(memoryMb === undefined ? {} : { memoryMb }),
      },
    };
  }

  #nodeFacts(): { node?: NodeFacts } {
    const node = nodeFacts(this.#readings, this.#watch.heapPoints);
    return node === undefined ? {} : { node };
  }
}
