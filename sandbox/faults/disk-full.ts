/** Nothing more can be written: the service's records fail with ENOSPC. */
import type { FaultKind } from './types.ts';

export const diskFull: FaultKind = {
  parameters: {},
  unsuitable: ({ stores }) => (stores.length === 0 ? 'writes nothing' : undefined),
  act({ conditions }) {
    conditions.diskFull = true;
    return () => {
      conditions.diskFull = false;
    };
  },
};
