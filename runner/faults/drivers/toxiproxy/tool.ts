/** Toxiproxy as a program that is found, or built. */
import { probeVersion, type Tool, type ToolProbe } from '../../../provision/tool.ts';

const pinnedVersion = '2.12.0';
const oldestMajor = 2;

export const toxiproxyTool: Tool = {
  name: 'toxiproxy',
  command: 'toxiproxy-server',
  pinnedVersion,
  variable: 'PEAKPROOF_TOXIPROXY',
  build: {
    folder: 'runner/faults/drivers/toxiproxy/build',
    package: 'github.com/Shopify/toxiproxy/v2/cmd/server',
    // Its go.mod needs no newer one; the `tool` directive of ours does.
    oldestGo: { major: 1, minor: 24 },
    flags: [`-ldflags=-s -w -X github.com/Shopify/toxiproxy/v2.Version=${pinnedVersion}`],
    takes: 'about 15 s on two cores',
  },
  unusable: 'TOXIPROXY_UNUSABLE',
  unavailable: 'TOXIPROXY_NOT_AVAILABLE',
  purpose: 'to put between load and services',
  probe: probeToxiproxy,
};

async function probeToxiproxy(path: string): Promise<ToolProbe> {
  const pattern = /^toxiproxy-server version v?(\d+\.\d+\.\d+\S*|git)/m;
  const probe = await probeVersion(path, { args: ['-version'], pattern, name: 'Toxiproxy' });
  if (probe.works && Number.parseInt(probe.version, 10) < oldestMajor) {
    return { works: false, cause: `${path} is Toxiproxy ${probe.version}, older than ${oldestMajor}.0` };
  }
  return probe;
}
