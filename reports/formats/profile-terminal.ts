/** A profile in the terminal. */
import pc from 'picocolors';
import type { ServiceProfile } from '../../slo/profile/types.ts';

export function renderProfileTerminal(
  profile: ServiceProfile,
  options: { readonly color: boolean; readonly columns: number },
): string {
  const colors = pc.createColors(options.color);
  const { capacity, rates } = profile;
  const lines = [colors.bold(`Profile of ${profile.subject.name}`)];
  for (const s of capacity?.steps ?? [])
    lines.push(
      `${s.connections}  ${s.perSecond.value.toFixed(0)} [${s.perSecond.low?.toFixed(0)}, ${s.perSecond.high?.toFixed(0)}] p50 ${s.latencyMs.p50} p99 ${s.latencyMs.p99} busy ${s.generatorBusyShare.toFixed(2)}`,
    );
  lines.push(
    JSON.stringify(capacity?.usl),
    `knee ${capacity?.kneeConnections} confirmed ${capacity?.confirmed.perSecond.value}@${capacity?.confirmed.connections}`,
  );
  for (const r of rates) lines.push(JSON.stringify(r));
  lines.push(
    JSON.stringify(profile.cpu),
    JSON.stringify({ ...profile.node, cpuProfile: profile.node?.cpuProfile?.functions.slice(0, 5) }, null, 1),
  );
  return lines.join('\n');
}
