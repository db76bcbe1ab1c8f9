/** The display on a terminal: steps scroll by, the state of the load is redrawn below them. */
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { Phase } from '../../profiles/types.ts';
import { cleanText } from '../../reports/clean.ts';
import type { LiveView } from '../types.ts';
import { historySeconds, renderBlock } from './block.ts';

const widest = 100;

export function terminalView(out: NodeJS.WriteStream, phases: readonly Phase[], color: boolean): LiveView {
  const update = createLogUpdate(out);
  const colors = pc.createColors(color);
  const history: number[] = [];
  return {
    note(message) {
      update.persist(`${colors.dim('·')} ${cleanText(message)}`);
    },
    snapshot(snapshot) {
      history.push(snapshot.achievedRequestsPerSecond);
      if (history.length > historySeconds) history.shift();
      const columns = Math.min(widest, (out.columns ?? 80) - 1);
      update(`\n${renderBlock(snapshot, { phases, history, columns, colors })}`);
    },
    close() {
      update.clear();
      update.done();
    },
  };
}
