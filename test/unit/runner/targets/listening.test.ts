import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { inspectorOf } from '../../../../runner/targets/inspectors.ts';
import { listeningPorts, programOf } from '../../../../runner/targets/listening.ts';

describe.runIf(process.platform === 'linux')('ports of a process', () => {
  it('are those it listens on', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    expect(listeningPorts(process.pid)).toContainEqual({ pid: process.pid, port });
    expect(inspectorOf(process.pid, port, [`ws://127.0.0.1:${port}/x`])).toEqual({
      pid: process.pid,
      address: `ws://127.0.0.1:${port}/x`,
    });
    server.close();
  });

  it('are none of a process that is not there', () => {
    expect(listeningPorts(2 ** 30)).toEqual([]);
    expect(programOf(2 ** 30)).toBeUndefined();
  });

  it('belong to a program with a name', () => {
    expect(programOf(process.pid)).toBe('node');
  });
});
