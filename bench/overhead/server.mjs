/**
 * A plain, fast HTTP server: the system under load must not be what is measured. Prints its port;
 * `GET /count` answers how many requests came since it was last asked.
 */
import { createServer } from 'node:http';

const product = JSON.stringify({ id: 'p-1', name: 'Lamp', priceCents: 1999, text: 'x'.repeat(300) });
const found = JSON.stringify({ total: 3, hits: ['p-1', 'p-2', 'p-3'] });
const cart = JSON.stringify({ id: 'c-1', lines: [{ productId: 'p-1', quantity: 1 }], totalCents: 1999 });
let count = 0;

function answer({ method, url }) {
  if (url === '/count') {
    const seen = String(count);
    count = 0;
    return seen;
  }
  count += 1;
  if (method === 'POST') return cart;
  return url.startsWith('/shop/products/') ? product : found;
}

const server = createServer((request, response) => {
  const body = answer(request);
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
