/** The event bus acknowledges a share of the messages and loses them. */
import { evenly } from '../kit/share.ts';
import { type FaultKind, parameter } from './types.ts';

export const lostEvents: FaultKind = {
  parameters: { share: [0, 1] },
  unsuitable: ({ service }) => (service === 'event-bus' ? undefined : 'is not the event bus'),
  act({ conditions }, parameters) {
    conditions.losesEvent = evenly(parameter(parameters, 'share'));
    return () => {
      conditions.losesEvent = undefined;
    };
  },
};
