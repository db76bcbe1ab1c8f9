/** Latency at one rate after the other, with what was seen of the service meanwhile. */
import type { Problem } from '../../scenarios/problem.ts';
import { type AskedRate, lesserRates, rateRunOf, steadyRun, usualRates } from '../../slo/profile/rates.ts';
import type { Capacity, RateRun } from '../../slo/profile/types.ts';
import { readThread, type ThreadReading, watchThread } from './inspector/probe.ts';
import { runUncorrectedRate } from './rate-autocannon.ts';
import { type RateResult, runK6Rate } from './rate-k6.ts';
import type { ProfileRequest } from './types.ts';
import type { SubjectWatch } from './watch.ts';

interface Taken {
  readonly run: RateRun;
  readonly thread?: ThreadReading;
}

export class RateRuns {
  readonly problems: Problem[] = [];
  /** What k6 said. */
  readonly log: string[] = [];
  readonly #request: ProfileRequest;
  readonly #watch: SubjectWatch;
  readonly #signal: AbortSignal;
  readonly #taken: Taken[] = [];

  constructor(request: ProfileRequest, watch: SubjectWatch, signal: AbortSignal) {
    this.#request = request;
    this.#watch = watch;
    this.#signal = signal;
  }

  get runs(): readonly RateRun[] {
    return this.#taken.map(({ run }) => run);
  }

  /** The run whose inside is looked at. */
  steady(capacity: Capacity): Taken | undefined {
    const steady = steadyRun(this.runs, capacity);
    return this.#taken.find(({ run }) => run === steady);
  }

  async take(capacity: Capacity): Promise<void> {
    const { rates } = this.#request;
    const [first, ...others]: readonly AskedRate[] =
      rates?.map((ratePerSecond) => ({ ratePerSecond })) ?? usualRates(capacity);
    const run = first && (await this.#takeOne(first));
    const lesser = run && rates === undefined ? lesserRates(capacity, run) : undefined;
    for (const asked of lesser ?? others) await this.#takeOne(asked);
  }

  async #takeOne(asked: AskedRate): Promise<RateRun | undefined> {
    if (this.#signal.aborted) return undefined;
    const { inspector } = this.#request.subject;
    if (inspector) await watchThread(inspector).catch(() => {});
    const { result, cores } = await this.#watch.coresDuring(() => this.send(asked.ratePerSecond));
    const thread = inspector && (await readThread(inspector).catch(() => undefined));
    await this.#watch.rest(result.requests);
    // A run that was cut off is none at this rate: its seconds are not those that it was to last.
    if (this.#signal.aborted) return undefined;
    const run = rateRunOf(asked, { ...result, ...(cores === undefined ? {} : { cores }) });
    this.#taken.push({ run, ...(thread === undefined ? {} : { thread }) });
    return run;
  }

  /** Sends at a rate, whoever watches. */
  async send(ratePerSecond: number): Promise<RateResult> {
    const { subject, mix, k6, folder, rateSeconds, onStep } = this.#request;
    const { baseUrl } = subject;
    onStep(`latency at ${Math.round(ratePerSecond)} requests/s`);
    const { conversations } = mix;
    const load = { baseUrl, conversations, signal: this.#signal, ratePerSecond, seconds: rateSeconds };
    if (k6 === undefined) return runUncorrectedRate(load);
    const work = { ...folder, folder: folder.path };
    const result = await runK6Rate(load, { engine: k6, work, onLogLine: (line) => this.log.push(line) });
    if (!this.#signal.aborted) this.problems.push(...result.problems);
    return result;
  }
}
