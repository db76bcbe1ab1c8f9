/** Reads come from a copy that lags; what was just written is not there yet. */
import { type FaultKind, parameter } from './types.ts';

export const staleReplica: FaultKind = {
  parameters: { lagMs: [1, 600_000] },
  unsuitable: ({ stores }) => (stores.length === 0 ? 'has no replicas: it keeps nothing' : undefined),
  async act({ stores }, parameters) {
    const lagMs = parameter(parameters, 'lagMs');
    await Promise.all(stores.map((store) => store.fallBehind(lagMs)));
    return () => {
      for (const store of stores) store.catchUp();
    };
  },
};
