/** The server of the profile's measurements. With FREEZE_AFTER_MS it stops once, for two seconds. */
import { createServer } from 'node:http';

const freezeAfterMs = Number(process.env.FREEZE_AFTER_MS ?? 0);
const answerAfterMs = Number(process.env.ANSWER_AFTER_MS ?? 0);
const freezeMs = 2000;

let isFirst = true;

function freeze() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, freezeMs);
}

const server = createServer((_request, response) => {
  if (isFirst && freezeAfterMs > 0) setTimeout(freeze, freezeAfterMs);
  isFirst = false;
  if (answerAfterMs > 0) setTimeout(() => response.end('ok'), answerAfterMs);
  else response.end('ok');
});

server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());
