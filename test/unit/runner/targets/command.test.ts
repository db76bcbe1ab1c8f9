import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startCommand } from '../../../../runner/targets/command.ts';

it('starts nothing for an address at which somebody else answers', async () => {
  const server = createServer((_, response) => response.end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { signal } = new AbortController();
  await expect(startCommand(['/nonexistent/program'], { url, signal })).rejects.toThrow(/PORT_IN_USE/);
  server.closeAllConnections();
  server.close();
});
