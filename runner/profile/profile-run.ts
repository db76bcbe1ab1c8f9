/** One profile while it is measured, step after step. A step that cannot go on ends the rest, and loses nothing. */
import { type Problem, problem } from '../../scenarios/problem.ts';
import { estimateTimes } from '../../slo/profile/estimate.ts';
import { rateRunOf, rateShares, steadyShare } from '../../slo/profile/rates.ts';
import type { Capacity, CpuFacts, NodeFacts, RateRun, ServiceProfile } from '../../slo/profile/types.ts';
import { runClosedLoop } from '../engines/autocannon/closed-loop.ts';
import { profileFiles } from '../store/profile-folder.ts';
import { findCapacity, mostFailed } from './closed-loop-steps.ts';
import { noteInlining, profileCpu, readThread, unwatchThread, watchThread } from './inspector/probe.ts';
import { type NodeReadings, nodeFacts } from './node-facts.ts';
import { runUncorrectedRate } from './rate-autocannon.ts';
import { type RateResult, runK6Rate } from './rate-k6.ts';
import type { ProfileRequest } from './types.ts';
import { SubjectWatch } from './watch.ts';

const warmUpConnections = 4;
const warmUpBlocks = 4;

type Findings = Pick<ServiceProfile, 'capacity' | 'rates' | 'cpu' | 'node' | 'demand'>;

export class ProfileRun {
  readonly problems: Problem[] = [];
  readonly #request: ProfileRequest;
  readonly #watch: SubjectWatch;
  readonly #stop = new AbortController();
  readonly #rates: RateRun[] = [];
  readonly #readings: NodeReadings = {};
  readonly #log: string[] = [];

  constructor(request: ProfileRequest) {
    this.#request = request;
    this.#watch = new SubjectWatch(request.subject);
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
    const { demandOf, folder } = this.#request;
    await this.#warmUp();
    const capacity = await this.#findCapacity();
    if (capacity !== undefined) {
      await this.#takeRates(capacity);
      await this.#takeCpuProfile(this.#steadyRate(capacity));
    }
    folder.write(profileFiles.engineLog, `${this.#log.join('\n')}\n`);
    return {
      ...(capacity === undefined ? {} : { capacity }),
      rates: this.#rates,
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
    if (subject.inspector) await watchThread(subject.inspector).catch(() => {});
    await this.#watch.rest(sent);
    if (this.#stop.signal.aborted) return;
    if (answers === 0) this.#fail('TARGET_UNREACHABLE', 'the service gave no answer under load');
    else if (unserved + errors > (answers + errors) * mostFailed) {
      const statuses = unservedStatuses.length === 0 ? 'no answer' : unservedStatuses.join(', ');
      const share = Math.round((100 * (unserved + errors)) / (answers + errors));
      this.#fail('SERVICE_REFUSES', `${share} % of requests under light load failed (${statuses})`);
    }
  }

  #fail(code: 'TARGET_UNREACHABLE' | 'SERVICE_REFUSES', cause: string): void {
    this.problems.push(problem(code, cause));
    this.#stop.abort();
  }

  async #findCapacity(): Promise<Capacity | undefined> {
    if (this.#stop.signal.aborted) return undefined;
    const { blockSeconds, onStep } = this.#request;
    return findCapacity({
      ...this.#load,
      blockSeconds,
      onStep: (connections) => onStep(`capacity: ${connections} connection${connections === 1 ? '' : 's'}`),
      afterStep: (requests) => this.#watch.rest(requests),
    });
  }

  async #takeRates(capacity: Capacity): Promise<void> {
    const { rates } = this.#request;
    const asked =
      rates?.map((ratePerSecond) => ({ ratePerSecond })) ??
      rateShares.map((share) => ({ share, ratePerSecond: share * capacity.confirmed.perSecond.value }));
    const steady = this.#steadyRate(capacity);
    for (const one of asked) {
      if (this.#stop.signal.aborted) return;
      const { inspector } = this.#request.subject;
      const isSteady = one.ratePerSecond === steady;
      if (inspector && isSteady) await watchThread(inspector).catch(() => {});
      const { result, cores } = await this.#watch.coresDuring(() => this.#runRate(one.ratePerSecond));
      if (inspector && isSteady) await this.#readThread();
      await this.#watch.rest(result.requests);
      if (this.#stop.signal.aborted && result.requests === 0) return;
      const { k6 } = this.#request;
      const measured = {
        ...result,
        isUncorrected: k6 === undefined,
        ...(cores === undefined ? {} : { cores }),
      };
      this.#rates.push(rateRunOf(one, measured));
    }
  }

  /** The rate whose inside is looked at: of those asked for the highest that the service bears easily. */
  #steadyRate(capacity: Capacity): number {
    const wanted = steadyShare * capacity.confirmed.perSecond.value;
    const { rates } = this.#request;
    if (rates === undefined) return wanted;
    const borne = rates.filter((rate) => rate <= wanted * 1.1);
    return borne.length > 0 ? Math.max(...borne) : Math.min(...rates);
  }

  async #readThread(): Promise<void> {
    const { inspector } = this.#request.subject;
    const reading = inspector && (await readThread(inspector).catch(() => undefined));
    if (reading) Object.assign(this.#readings, { thread: reading, threadSeconds: this.#request.rateSeconds });
  }

  async #runRate(ratePerSecond: number): Promise<RateResult> {
    const { k6, folder, rateSeconds, onStep } = this.#request;
    onStep(`latency at ${Math.round(ratePerSecond)} requests/s`);
    const load = { ...this.#load, ratePerSecond, seconds: rateSeconds };
    if (k6 === undefined) return runUncorrectedRate(load);
    const work = { ...folder, folder: folder.path };
    const result = await runK6Rate(load, { engine: k6, work, onLogLine: (line) => this.#log.push(line) });
    if (!this.#stop.signal.aborted) this.problems.push(...result.problems);
    return result;
  }

  /** On its own, because sampling costs the service a few percent. */
  async #takeCpuProfile(ratePerSecond: number): Promise<void> {
    const { subject, folder, onStep } = this.#request;
    const { inspector } = subject;
    if (inspector === undefined || this.#stop.signal.aborted) return;
    onStep('CPU profile');
    try {
      let requests = 0;
      const profile = await profileCpu(inspector, async () => {
        requests = (await this.#runRate(ratePerSecond)).requests;
      });
      await this.#watch.rest(requests);
      Object.assign(this.#readings, { cpuProfile: profile, profiledRatePerSecond: ratePerSecond });
      folder.write(profileFiles.cpuProfile, JSON.stringify(profile));
      await unwatchThread(inspector).catch(() => {});
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.problems.push(problem('INSPECTOR_UNAVAILABLE', (error as Error).message));
    }
  }

  /** Of the run in which the service was busiest without a saturated machine. */
  #cpuFacts(): { cpu?: CpuFacts } {
    const run = this.#rates.findLast(({ cores }) => cores !== undefined);
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
