/** How much a service can work on at once, and what changes that. */
import { Autoscaler, type Capacity } from './autoscaler.ts';
import { Slots } from './slots.ts';

export interface Scaling {
  readonly slots: Slots;
  readonly autoscaler: Autoscaler;
}

/** Requests that may wait per slot before new ones are refused with 503. */
const queuePerSlot = 100;

/** Slots of the service's replicas, as many as its autoscaler finds right. */
export function createScaling({ replicas, slotsPerReplica }: Omit<Capacity, 'serviceTimeMs'>): Scaling {
  const autoscaler = new Autoscaler(replicas);
  const slots = new Slots(replicas.min * slotsPerReplica, replicas.max * slotsPerReplica * queuePerSlot);
  setInterval(() => slots.resize(autoscaler.tick(slots.read()) * slotsPerReplica), 1000).unref();
  return { slots, autoscaler };
}

const fixed = (slots: number) => ({ slotsPerReplica: slots, replicas: { min: 1, max: 1 } });

/**
 * What people give a service who size it for a normal day and add nothing later: the busiest one has 0.14 slots in use
 * at 1x, so that one slot bears five times as much and not ten.
 */
export const normalDayCapacity = fixed(1);

/** The same for all services together, which have 1.0 slots in use at 1x. */
export const monolithCapacity = fixed(2);
