/** k6 as a program that is found, built or downloaded. */
import { probeVersion, type Tool, type ToolProbe } from '../../provision/tool.ts';

/** Older ones lack the OpenTelemetry output's settings that the collector needs. */
const oldestMajor = 2;

export const k6Tool: Tool = {
  name: 'k6',
  command: 'k6',
  pinnedVersion: '2.2.0',
  variable: 'PEAKPROOF_K6',
  build: {
    folder: 'runner/engines/k6/build',
    package: 'go.k6.io/k6/v2',
    oldestGo: { major: 1, minor: 25 },
    flags: [],
    takes: 'about 80 s on two cores',
  },
  unusable: 'K6_UNUSABLE',
  unavailable: 'K6_NOT_AVAILABLE',
  purpose: 'to generate load with',
  probe: probeK6,
};

async function probeK6(path: string): Promise<ToolProbe> {
  const pattern = /^k6(?:\.exe)? v(\d+\.\d+\.\d+\S*)/m;
  const probe = await probeVersion(path, { args: ['version'], pattern, name: 'k6' });
  if (probe.works && Number.parseInt(probe.version, 10) < oldestMajor) {
    return { works: false, cause: `${path} is k6 ${probe.version}, older than ${oldestMajor}.0` };
  }
  return probe;
}
