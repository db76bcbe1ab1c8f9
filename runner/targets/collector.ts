/** Where a target's pages send their beacons, as its file says. */
import { z } from 'zod';
import type { Problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';
import { type Address, readAddress } from './addresses.ts';
import { readSecretTexts } from './secret-texts.ts';

export const collectorSchema = z.strictObject({ url: z.string(), key: z.string() }).optional();

export interface Collector {
  readonly url: string;
  readonly apiKey: string;
}

/** Its address is held against the allow list like every other: virtual users load it. */
export function readCollector(
  given: z.infer<typeof collectorSchema>,
  document: YamlDocument,
  env: NodeJS.ProcessEnv,
): {
  readonly collector?: Collector;
  readonly addresses: readonly Address[];
  readonly confidential: readonly string[];
  readonly problems: readonly Problem[];
} {
  if (given === undefined) return { addresses: [], confidential: [], problems: [] };
  const address = readAddress(['collector', 'url'], given.url, document, env);
  const key = readSecretTexts(['collector'], { key: given.key }, document, env);
  const problems = [...address.problems, ...key.problems];
  const [found] = address.found;
  const apiKey = key.texts.key;
  return {
    ...(found === undefined || apiKey === undefined ? {} : { collector: { url: found.url, apiKey } }),
    ...{ addresses: address.found, confidential: key.values, problems },
  };
}
