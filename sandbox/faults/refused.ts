/** Connections are refused, those that exist are reset; the process goes on. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { FaultKind } from './types.ts';

export const refused: FaultKind = {
  parameters: {},
  async act({ server }) {
    const { address, port } = server.address() as AddressInfo;
    server.close();
    server.closeAllConnections();
    return async () => {
      if (server.listening) return;
      server.listen(port, address);
      await once(server, 'listening');
    };
  },
};
