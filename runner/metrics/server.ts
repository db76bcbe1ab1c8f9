/** Serves a registry at /metrics on loopback. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { PeakproofError, problem } from '../../scenarios/problem.ts';

/** The port that OpenTelemetry's Prometheus exporters use, so people's scrape settings may know it already. */
export const usualMetricsPort = 9464;

export interface MetricsServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * @param port the port that was asked for; the usual one, or a free one if that is taken, if undefined.
 * @throws PeakproofError PORT_IN_USE if the port that was asked for is taken.
 */
export async function serveMetrics(registry: Registry, port?: number): Promise<MetricsServer> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
  });
  const listening = await listen(server, port ?? usualMetricsPort).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    if (port === undefined) return listen(server, 0);
    throw new PeakproofError(
      problem('PORT_IN_USE', `--metrics-port ${port} cannot be opened: ${error.code}`),
    );
  });
  return {
    url: `http://127.0.0.1:${listening}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
