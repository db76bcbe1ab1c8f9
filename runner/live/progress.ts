/** Shows one slow step of preparation at a time, with how far it is. */
import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import { cleanText } from '../../reports/clean.ts';

export interface Progress {
  /** A step goes on; a new text is a new step. */
  readonly step: (step: string, detail?: string) => void;
  /** Leaves the terminal clean. */
  readonly done: () => void;
}

const redrawMs = 100;
/** Where lines cannot be redrawn, a long step shows that it lives this often. */
const lineEveryMs = 10_000;

export function createProgress(out: NodeJS.WriteStream, isSilent: boolean): Progress {
  if (isSilent) return { step() {}, done() {} };
  return out.isTTY ? redrawnProgress(out) : lineProgress(out);
}

function redrawnProgress(out: NodeJS.WriteStream): Progress {
  const update = createLogUpdate(out);
  let current = '';
  let startedAtMs = 0;
  let drawnAtMs = 0;
  return {
    step(step, detail = '') {
      const now = Date.now();
      if (step !== current) {
        current = step;
        startedAtMs = now;
      } else if (now - drawnAtMs < redrawMs) return;
      drawnAtMs = now;
      const seconds = Math.round((now - startedAtMs) / 1000);
      const time = seconds > 0 ? `${seconds} s` : '';
      update(`${pc.dim('·')} ${cleanText(step)}  ${pc.cyan(cleanText(detail))}  ${pc.dim(time)}`.trimEnd());
    },
    done() {
      update.clear();
      update.done();
    },
  };
}

/** Exported for tests. */
export function lineProgress(out: { write(text: string): unknown }, now: () => number = Date.now): Progress {
  let current = '';
  let shownAtMs = 0;
  return {
    step(step, detail) {
      const isNew = step !== current;
      if (!isNew && now() - shownAtMs < lineEveryMs) return;
      current = step;
      shownAtMs = now();
      out.write(`${cleanText(detail === undefined ? step : `${step}: ${detail}`)}\n`);
    },
    done() {},
  };
}
