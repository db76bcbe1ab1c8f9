/**
 * Stops the experiments that carry a tag, and does nothing where none of them goes on: `stop TAG [AWS OPTIONS]`.
 * A program of its own, because a roll-back is data that was written down before the experiment had an id.
 */
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { tagName } from './tag.ts';

const listSchema = z.object({
  experiments: z.array(
    z.object({
      id: z.string(),
      tags: z.record(z.string(), z.string()).default({}),
      state: z.object({ status: z.string() }),
    }),
  ),
  /** Of the next page, where the CLI does not put pages together itself. */
  nextToken: z.string().nullish(),
});

const goingOn = ['pending', 'initiating', 'running'];

function aws(args: readonly string[]): string {
  return execFileSync('aws', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function stopTagged(tag: string, options: readonly string[]): void {
  for (const { id, tags, state } of experimentsOf(options)) {
    if (tags[tagName] !== tag || !goingOn.includes(state.status)) continue;
    aws(['fis', 'stop-experiment', '--id', id, ...options]);
    console.log(`stopped ${id}`);
  }
}

/** All of them: one that stands on a later page goes on as well. */
function* experimentsOf(options: readonly string[]) {
  let page: string[] = [];
  do {
    const text = aws(['fis', 'list-experiments', ...page, ...options]);
    const { experiments, nextToken } = listSchema.parse(JSON.parse(text));
    yield* experiments;
    page = nextToken ? ['--next-token', nextToken] : [];
  } while (page.length > 0);
}

const [tag = '', ...options] = process.argv.slice(2);
stopTagged(tag, options);
