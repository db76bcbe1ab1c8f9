/** Answers trickle: their bodies are sent a little at a time. */
import type { ServerResponse } from 'node:http';
import { holdBody } from './answers.ts';
import { type FaultKind, parameter } from './types.ts';

const sliceMs = 100;

export const bandwidth: FaultKind = {
  parameters: { kilobytesPerSecond: [0.01, 1_000_000] },
  act({ interception }, parameters) {
    const bytesPerSlice = Math.ceil((parameter(parameters, 'kilobytesPerSecond') * 1024 * sliceMs) / 1000);
    return interception.add((_request, response, proceed) => {
      const end = response.end.bind(response);
      holdBody(response, (body) => trickle(response, body, bytesPerSlice, end));
      proceed();
    });
  },
};

function trickle(response: ServerResponse, body: Buffer, bytesPerSlice: number, end: () => void): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent >= body.length) finish();
    else response.write(body.subarray(sent, sent + bytesPerSlice));
    sent += bytesPerSlice;
  }, sliceMs);
  const finish = () => {
    clearInterval(timer);
    end();
  };
  response.once('close', () => clearInterval(timer));
}
