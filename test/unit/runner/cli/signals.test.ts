import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { listenForStop } from '../../../../runner/cli/signals.ts';

it('stops gracefully on the first signal, at once on the second, and says so each time', () => {
  const source = new EventEmitter();
  const told: string[] = [];
  const { stopSignal, killSignal } = listenForStop((message) => told.push(message), source);
  expect([stopSignal.aborted, killSignal.aborted]).toEqual([false, false]);
  source.emit('SIGINT');
  expect([stopSignal.aborted, killSignal.aborted]).toEqual([true, false]);
  source.emit('SIGTERM');
  expect([stopSignal.aborted, killSignal.aborted]).toEqual([true, true]);
  source.emit('SIGINT');
  expect(told).toHaveLength(2);
});

it('gives the signals back', () => {
  const source = new EventEmitter();
  const { stopSignal, release } = listenForStop(() => {}, source);
  release();
  source.emit('SIGINT');
  expect(stopSignal.aborted).toBe(false);
  expect(source.listenerCount('SIGTERM')).toBe(0);
});
