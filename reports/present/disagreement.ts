/** Availability told twice: as the client saw it, and as the servers counted it. Where both differ, something lies between them. */
import { formatShare } from '../../slo/sentences.ts';
import { badShareAtLeast, badShareAtMost } from '../../slo/statistics/binomial.ts';
import type { Evidence, ObjectiveVerdict } from '../../slo/types.ts';
import { count, counted, decimal } from '../figures.ts';
import type { Cell, DisagreementView } from '../types.ts';
import type { PresentInput } from './input.ts';
import { cell, columns } from './table.ts';

interface Pair {
  readonly client: ObjectiveVerdict;
  readonly servers: ObjectiveVerdict;
}

/** Undefined if no service has its availability promised from both sides. */
export function presentDisagreement({ verdict }: PresentInput): DisagreementView | undefined {
  const pairs = verdict.objectives
    .filter(isOfClient)
    .flatMap((client) =>
      verdict.objectives.filter(isOfServers(client)).map((servers) => ({ client, servers })),
    );
  if (pairs.length === 0) return undefined;
  const compared = pairs
    .map((pair) => ({ pair, side: sideOf(pair) }))
    .sort((a, b) => order.indexOf(a.side) - order.indexOf(b.side));
  const apart = compared.filter(({ side }) => side === 'client' || side === 'servers').length;
  const unknown = compared.filter(({ side }) => side === 'unknown').length;
  return {
    summary: summaryOf(pairs.length, apart, unknown),
    table: {
      caption: 'Share of good requests, from both sides',
      columns: columns('Service', 'The client saw', 'The servers counted', 'What follows'),
      rows: compared.map(({ pair, side }) => rowOf(pair, side)),
    },
  };
}

function isOfClient({ objective: { sli } }: ObjectiveVerdict): boolean {
  return sli.measure === 'requests' && sli.service !== undefined && sli.underMs === undefined;
}

/** Of the same service and kind. A threshold is no share of requests. */
function isOfServers({ objective: client }: ObjectiveVerdict) {
  return ({ objective: { sli, service, labels } }: ObjectiveVerdict): boolean =>
    sli.measure === 'series' &&
    sli.kind !== 'threshold' &&
    service === client.service &&
    labels.kind === client.labels.kind;
}

function summaryOf(pairs: number, apart: number, unknown: number): string {
  const silent = unknown === 0 ? '' : ` ${counted(unknown, 'comparison')} had no data on one side.`;
  if (apart > 0)
    return `Client and servers disagree in ${apart} of ${counted(pairs, 'comparison')}.${silent}`;
  if (unknown === pairs) return `Client and servers could not be compared.${silent}`;
  return `Client and servers agree, as far as their counts can tell.${silent}`;
}

/** Who saw more failures than the other's counts allow; `unknown` without data on one side. Told in this order. */
const order = ['client', 'servers', 'unknown', 'neither'] as const;
type Side = (typeof order)[number];

function sideOf({ client, servers }: Pair): Side {
  const seen = sent(client.evidence);
  const stated = sent(servers.evidence);
  if (seen.total === 0 || stated.total === 0) return 'unknown';
  if (badAtLeast(seen) > badAtMost(stated)) return 'client';
  return badAtLeast(stated) > badAtMost(seen) ? 'servers' : 'neither';
}

/** Without what was dropped before it was sent: no server can have counted it. */
function sent({ total, bad, dropped, uncertain = 0 }: Evidence) {
  return { total: total - dropped, bad: bad - dropped, uncertain };
}

function badAtLeast({ bad, total }: ReturnType<typeof sent>): number {
  return badShareAtLeast(bad, total);
}

function badAtMost({ bad, uncertain, total }: ReturnType<typeof sent>): number {
  return badShareAtMost(bad + uncertain, total);
}

function rowOf(pair: Pair, side: Side): Cell[] {
  const { client, servers } = pair;
  return [
    cell(client.objective.service, servers.objective.displayName),
    shareCell(client),
    shareCell(servers),
    cell(sentence(pair, side)),
  ];
}

function shareCell({ objective: { sli, target }, evidence }: ObjectiveVerdict): Cell {
  const { total, bad, uncertain } = sent(evidence);
  if (total === 0) return cell('no data');
  const good = formatShare((total - bad - uncertain) / total, 'down', target);
  const events = sli.measure === 'series' && sli.kind === 'raw' ? 'time slices' : 'requests';
  return cell(good, `of ${count(total)} ${events}`);
}

function sentence({ client, servers }: Pair, side: Side): string {
  const seen = failures(client.evidence);
  const stated = failures(servers.evidence);
  switch (side) {
    case 'client':
      return `The client saw ${seen} where the servers counted ${stated}: look between them, at balancers, gateways, timeouts and connections that never reached a server.`;
    case 'servers':
      return `The servers counted ${stated} where the client saw ${seen}: something between them makes up for failures, such as retries, or the servers also count requests of others.`;
    case 'neither':
      return 'They agree as far as both counts can tell.';
    case 'unknown':
      return `They cannot be compared. ${servers.evidence.total === 0 ? servers.reason : client.reason}`;
  }
}

function failures(evidence: Evidence): string {
  const { total, bad } = sent(evidence);
  return bad === 0 ? 'no errors' : `${decimal((bad / total) * 100)} % errors`;
}
