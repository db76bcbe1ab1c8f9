/** Reads the files that `profile` takes requests from. */
import { readFileSync, statSync } from 'node:fs';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { mixOfHar } from '../profile/mix/har.ts';
import { mixOfOpenApi } from '../profile/mix/openapi.ts';
import type { Mix } from '../profile/mix/types.ts';
import type { ProfileOptions } from './profile-options.ts';

/** Recordings of a long visit are some tens of megabytes, mostly bodies of answers. */
const largestBytes = 64 * 1024 * 1024;

/** The mix of --har or --openapi; undefined without either. @throws PeakproofError INVALID_REQUESTS. */
export function mixOfFiles({ har, openapi, method }: ProfileOptions): Mix | undefined {
  if (har !== undefined) return mixOfHar(readText(har), har, { method });
  if (openapi !== undefined) return mixOfOpenApi(readText(openapi), openapi, { method });
  return undefined;
}

function readText(file: string): string {
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new PeakproofError(problem('INVALID_REQUESTS', 'it is no file', { file }));
    if (found.size > largestBytes) {
      throw new PeakproofError(
        problem('INVALID_REQUESTS', `it is larger than ${largestBytes / 1024 / 1024} MB`, { file }),
      );
    }
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof PeakproofError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new PeakproofError(
      problem('INVALID_REQUESTS', code === 'ENOENT' ? 'it does not exist' : message, { file }),
    );
  }
}
