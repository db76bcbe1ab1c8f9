import { check } from 'k6';
import http from 'k6/http';
import { executorOf } from '../../scenarios/k6/schedule.ts';

const plan = JSON.parse(open(__ENV.PEAKPROOF_PLAN));
export const options = {
  scenarios: { shop: executorOf(plan.scenarios[0], 'run') },
  ...(__ENV.TRIM && { systemTags: ['scenario', 'status', 'name', 'error_code'] }),
};
const base = plan.environment.baseUrls.shop;
if (__ENV.NORC) http.setResponseCallback(null);
export function run() {
  const productId = `p-${Math.ceil(Math.random() * 2000)}`;
  const draw = Math.random();
  let response;
  if (draw < 0.6) {
    response = http.get(`${base}/shop/products/${productId}`, {
      tags: { service: 'shop', name: 'shop.product' },
    });
  } else if (draw < 0.9) {
    response = http.get(`${base}/shop/search?q=${productId}`, {
      tags: { service: 'shop', name: 'shop.search' },
    });
  } else {
    response = http.post(`${base}/shop/lines`, JSON.stringify({ productId, quantity: 1 }), {
      headers: { 'content-type': 'application/json' },
      tags: { service: 'shop', name: 'shop.add' },
    });
  }
  check(response, { 'status is 200': (r) => r.status === 200 });
}
