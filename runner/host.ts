import { arch, cpus, platform, totalmem } from 'node:os';
import type { HostFacts } from '../reports/run-facts.ts';

/** The machine that this program runs on. */
export function hostFacts(): HostFacts {
  const [first] = cpus();
  return {
    platform: `${platform()} ${arch()}`,
    ...(first === undefined ? {} : { cpuModel: first.model.trim() }),
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
  };
}
