/** After the load: whether what the system acknowledged is true. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Audit, AuditInput } from '../suite.ts';
import type { RunEvent } from './events.ts';

const patienceMs = 10_000;

/** Runs all audits at once. One that throws or takes too long yields no reading: the measurements are a part then. */
export async function runAudits(
  audits: readonly Audit[],
  input: AuditInput,
  record: (event: RunEvent) => void,
): Promise<void> {
  await Promise.all(
    audits.map(async (audit) => {
      try {
        const readings = await withinPatience(audit.run(input));
        for (const { reading, value } of readings) {
          record({ type: 'reading', atMs: Date.now(), reading, value, census: true });
        }
      } catch (error) {
        const reason = `audit ${audit.name} gave no figure: ${(error as Error).message}`;
        record({ type: 'gap', atMs: Date.now(), reason });
      }
    }),
  );
}

async function withinPatience<T>(work: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const tooLate = wait(patienceMs, undefined, { signal: ended.signal }).then(() => {
    throw new Error(`no result within ${patienceMs / 1000} s`);
  });
  tooLate.catch(() => {}); // aborted as soon as the work has ended
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    ended.abort();
  }
}
