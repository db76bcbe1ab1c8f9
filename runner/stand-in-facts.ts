/** Keeps what the stand-in knows of itself beside what the rehearsal found out. */
import { files } from './store/layout.ts';
import type { RunFolder } from './store/run-folder.ts';
import { factsOf } from './targets/control.ts';
import type { RehearsalRequest } from './types.ts';

/** No evidence for any verdict, but what a verdict about a stand-in can be held against. */
export async function keepFacts({ target, live }: RehearsalRequest, folder: RunFolder): Promise<void> {
  if (target.control === undefined) return;
  try {
    folder.write(files.standInFacts, `${JSON.stringify(await factsOf(target.control))}\n`);
  } catch (error) {
    live.note(`the sandbox did not say what it knows: ${(error as Error).message}`);
  }
}
