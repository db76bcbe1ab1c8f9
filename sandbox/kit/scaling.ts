/** How much a service can work on at once, and what changes that. */
import { Autoscaler, type Capacity } from './autoscaler.ts';
import { Slots } from './slots.ts';

export interface Scaling {
  readonly slots: Slots;
  readonly autoscaler: Autoscaler;
}

/** Requests that may wait per slot before new ones are refused with 503. */
const queuePerSlot = 100;

/** Slots with an autoscaler; with one that never looks if `isFixed`. */
export function createScaling(capacity: Capacity, isFixed = false): Scaling {
  const { replicas, slotsPerReplica } = capacity;
  const autoscaler = new Autoscaler(replicas);
  const slots = new Slots(replicas.min * slotsPerReplica, replicas.max * slotsPerReplica * queuePerSlot);
  if (!isFixed) {
    setInterval(() => slots.resize(autoscaler.tick(slots.read()) * slotsPerReplica), 1000).unref();
  }
  return { slots, autoscaler };
}

/** What the old shop had: one process, enough slots for twice a normal day (1.1 in use at 1x), nobody adding any. */
export const monolithCapacity: Capacity = {
  slotsPerReplica: 2,
  replicas: { min: 1, max: 1 },
  serviceTimeMs: { read: 0, write: 0 },
};
