import type { Conversation } from '../../../scenarios/mix.ts';

/** Requests to load a service with, and where they come from. */
export interface Mix {
  /** In a few words, for reports. */
  readonly source: string;
  readonly conversations: readonly Conversation[];
  /** What of the source is not sent, and why. */
  readonly notes: readonly string[];
}
