/** What a practised k6 user writes by hand for the same requests: two tags, one check, k6's defaults. */
import { check } from 'k6';
import http from 'k6/http';

const base = __ENV.BASE_URL;

export const options = {
  scenarios: {
    shop: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE),
      timeUnit: '1s',
      duration: `${__ENV.SECONDS}s`,
      preAllocatedVUs: Number(__ENV.VUS),
      maxVUs: Number(__ENV.VUS),
    },
  },
};

export default function () {
  const response = send();
  check(response, { 'status is 200': (r) => r.status === 200 });
}

function send() {
  const productId = `p-${Math.ceil(Math.random() * 2000)}`;
  const draw = Math.random();
  if (draw < 0.6) {
    return http.get(`${base}/shop/products/${productId}`, {
      tags: { service: 'shop', name: 'shop.product' },
    });
  }
  if (draw < 0.9) {
    return http.get(`${base}/shop/search?q=${productId}`, {
      tags: { service: 'shop', name: 'shop.search' },
    });
  }
  return http.post(`${base}/shop/lines`, JSON.stringify({ productId, quantity: 1 }), {
    headers: { 'content-type': 'application/json' },
    tags: { service: 'shop', name: 'shop.add' },
  });
}
