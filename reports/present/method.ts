/** How the figures came about, so that a reader can doubt them properly and repeat them. */
import type { Measurements } from '../../slo/measurements.ts';
import { formatTarget } from '../../slo/sentences.ts';
import { relativeBucketWidth } from '../../slo/statistics/histogram.ts';
import type { Policy } from '../../slo/types.ts';
import { count, decimal, multiple } from '../figures.ts';
import type { Fact, MethodView } from '../told.ts';
import type { PresentInput } from './input.ts';

export function presentMethod(input: PresentInput): MethodView {
  return {
    reproduction: reproduction(input),
    versions: Object.entries(input.run.toolVersions).map(([label, text]) => ({ label, text })),
    checksums: Object.entries(input.run.sha256()).map(([label, text]) => ({ label, text })),
    definitions,
    limits: limits(input),
  };
}

function reproduction({ plan, run, measurements }: PresentInput): Fact[] {
  const { host } = run;
  const cpu = host.cpuModel === undefined ? '' : `, ${host.cpuModel}`;
  return [
    { label: 'Command', text: run.command },
    { label: 'Run', text: run.id },
    ...(run.source.commit === undefined ? [] : [{ label: 'Source', text: sourceText(run.source) }]),
    { label: 'Seed', text: String(run.seed) },
    { label: 'Profile', text: `${plan.profile}: ${plan.description}` },
    {
      label: 'Environment',
      text: `${plan.environment.name}, sized for ${formatTarget(plan.environment.scale)} of full-scale traffic`,
    },
    { label: 'Measured', text: `${count(measurements.measuredSeconds)} of ${count(plan.durationSeconds)} s` },
    { label: 'End', text: measurements.end.replaceAll('-', ' ') },
    {
      label: 'Generator machine',
      text: `${host.platform}, ${host.cores} cores${cpu}, ${count(host.memoryMb)} MB`,
    },
  ];
}

/** "main at 1a2b3c…", the commit in full so that it can be looked up. */
function sourceText({ branch, commit }: PresentInput['run']['source']): string {
  return branch === undefined ? `${commit}` : `${branch} at ${commit}`;
}

const definitions: readonly Fact[] = [
  {
    label: 'Good request',
    text: 'Its answer kept the contract (status and fields) and, where a limit is promised, arrived within it. Counted in the generator as it happens, exactly.',
  },
  {
    label: 'Fall-back',
    text: 'A stand-in answered for the service: good for the caller, bad for the service that was asked.',
  },
  {
    label: 'Dropped iteration',
    text: 'A visit that was due but found no free virtual user. It counts as bad: that customer got nothing.',
  },
  {
    label: 'Kept, broken, not proven',
    text: 'Kept: the one-sided 95 % lower bound of the good share (Clopper–Pearson) reaches the target. Broken: the upper bound stays below it, over the run or in one hold phase, widened (Holm) so that all that is called broken is 94 % sure together. Not proven: the sample allows neither. Failures that come together count as the few events they are (long-run variance over seconds).',
  },
  {
    label: 'Error budget',
    text: 'The bad share that the target allows. 100 % spent means that the run used all of what it was allowed.',
  },
  {
    label: 'Quantiles',
    text: 'Read from histograms merged without loss; the figure is the upper edge of the bucket, the range below it the 95 % order-statistic interval, widened by the bucket.',
  },
  {
    label: 'Uptime by time',
    text: 'A probe once a second on a connection of its own, beside the load; it sees an outage where no traffic went.',
  },
  {
    label: 'Multiple of normal load',
    text: '1x is a normal day in this environment; every rate is scaled from it.',
  },
];

function limits({ plan, measurements, decision }: PresentInput): string[] {
  const unjudged = plan.phases.filter((phase) => phase.role !== 'judged');
  const highest = Math.max(0, ...plan.phases.map((phase) => phase.toMultiplier));
  return [
    'Arrivals follow the plan whatever the system does (open model) and are evenly spaced within a second; real visitors arrive in bursts.',
    assumptionOf(decision.policy),
    ...bucketWidth(measurements),
    'Latency is what the generator saw. Where generator and system share a machine, it holds no network and both compete for CPU.',
    'Planned requests are those of visits started in a second; a visit sends its later requests in later seconds, so planned and achieved differ briefly after a step.',
    ...(unjudged.length === 0
      ? []
      : [`Measured but not judged: phase ${unjudged.map((phase) => phase.name).join(', ')}.`]),
    ...(plan.environment.scale < 1
      ? [
          `${multiple(highest)} here is ${multiple(highest)} of this environment's share of the traffic: it tests behaviour under that pressure, not the size of production.`,
        ]
      : []),
  ];
}

/** Where no failure was seen, nobody can know how failures come. */
function assumptionOf({ assumedDesignEffect = 1 }: Policy): string {
  const assumed =
    assumedDesignEffect === 1
      ? 'as coming singly'
      : `as coming together so that ${decimal(assumedDesignEffect)} say as much as one`;
  return `Failures are taken ${assumed} until those of this run show more; a run without failures cannot show it. What n clean requests prove holds while failures come at most n / (requests needed) at a time.`;
}

function bucketWidth({ latencyByRoute }: Measurements): string[] {
  if (latencyByRoute.length === 0) return [];
  const coarsest = Math.min(...latencyByRoute.map(({ histogram }) => histogram.scale));
  return [
    `Latency is kept in buckets at most ${decimal(Math.ceil(relativeBucketWidth(coarsest) * 1000) / 10)} % wide.`,
  ];
}
