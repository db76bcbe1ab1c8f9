import { expect, it } from 'vitest';
import { Trace } from '../../../../scenarios/k6/trace.ts';

it('writes learnt values as their origin and secrets by name', () => {
  const trace = new Trace({ customerPassword: 'open sesame' });
  trace.learn('pay_1', 'payment.authorize.id');
  trace.learn('pay_12', 'payment.authorize.other');
  expect(trace.veil('{"password":"open sesame","a":"pay_1","b":"pay_12"}')).toBe(
    '{"password":"{secret.customerPassword}","a":"{payment.authorize.id}","b":"{payment.authorize.other}"}',
  );
});

it('keeps the first origin of a value, and learns nothing from an empty one', () => {
  const trace = new Trace({});
  trace.learn('', 'a.b');
  trace.learn('x1', 'first');
  trace.learn('x1', 'second');
  expect(trace.veil('x1 y')).toBe('{first} y');
});
