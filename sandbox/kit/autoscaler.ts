/**
 * Adds and removes replicas as Kubernetes' HorizontalPodAutoscaler does, compressed in time: once a
 * second desired = ceil(replicas × utilisation / target); new replicas work after a start-up delay;
 * replicas leave only after a stretch in which fewer would have been enough.
 */
import type { SlotLoad } from './slots.ts';

export interface Capacity {
  /** Requests one replica works on at once. */
  readonly slotsPerReplica: number;
  readonly replicas: { readonly min: number; readonly max: number };
  /** How long a request holds a slot, on average, by its kind. */
  readonly serviceTimeMs: { readonly read: number; readonly write: number };
}

export const scaling = {
  targetUtilisation: 0.6,
  /** Requests that wait on average over a second, from which on one replica more is wanted. */
  queueThatAsks: 0.5,
  startUpSeconds: 3,
  scaleInAfterSeconds: 20,
} as const;

export class Autoscaler {
  #replicas: number;
  /** Seconds (ticks) until ordered replicas work. */
  #starting: { replicas: number; inTicks: number } | undefined;
  #quietTicks = 0;
  /** Share of the most replicas that there is room for. */
  #room = 1;
  readonly #limits: Capacity['replicas'];

  constructor(limits: Capacity['replicas']) {
    this.#limits = limits;
    this.#replicas = limits.min;
  }

  get replicas(): number {
    return this.#replicas;
  }

  /** Replicas that the room left has no place for are gone at once. */
  limitTo(room: number): void {
    this.#room = room;
    this.#replicas = Math.min(this.#replicas, this.#most);
    this.#starting = undefined;
  }

  get #most(): number {
    return Math.max(1, Math.ceil(this.#limits.max * this.#room));
  }

  /** Call once a second with the load of that second; answers the replicas that work from now on. */
  tick(load: SlotLoad): number {
    if (this.#starting) {
      this.#starting.inTicks -= 1;
      if (this.#starting.inTicks <= 0) {
        this.#replicas = this.#starting.replicas;
        this.#starting = undefined;
      }
      return this.#replicas;
    }
    const desired = this.#desired(load);
    if (desired > this.#replicas) {
      this.#starting = { replicas: desired, inTicks: scaling.startUpSeconds };
      this.#quietTicks = 0;
    } else if (desired < this.#replicas) {
      this.#scaleInWhenQuiet(desired);
    } else {
      this.#quietTicks = 0;
    }
    return this.#replicas;
  }

  /**
   * A queue that lasts hides how much more is wanted, so it asks for one replica on top. One that is there for a
   * moment does not: two requests that happen to meet at a single slot would double the service for a whole run.
   */
  #desired(load: SlotLoad): number {
    const wanted = Math.ceil((this.#replicas * load.utilisation) / scaling.targetUtilisation - 0.05);
    const withQueue = load.queued > scaling.queueThatAsks ? Math.max(wanted, this.#replicas + 1) : wanted;
    return Math.min(this.#most, Math.max(this.#limits.min, withQueue));
  }

  #scaleInWhenQuiet(desired: number): void {
    this.#quietTicks += 1;
    if (this.#quietTicks < scaling.scaleInAfterSeconds) return;
    this.#replicas = desired;
    this.#quietTicks = 0;
  }
}
