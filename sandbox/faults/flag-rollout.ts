/** A flag is opened to more and more customers, and closed to where it was when that is taken back. */
import { type FaultKind, parameter } from './types.ts';

const percentages = [1, 5, 10, 25, 50, 100] as const;

export const flagRollout: FaultKind = {
  parameters: { stepSeconds: [1, 600] },
  unsuitable: ({ service }) => (service === 'feature-flags' ? undefined : 'has no flags'),
  act({ conditions }, parameters) {
    let step = 0;
    conditions.rolloutPercent = percentages[step];
    const rising = setInterval(() => {
      step += 1;
      conditions.rolloutPercent = percentages[step] ?? conditions.rolloutPercent;
    }, parameter(parameters, 'stepSeconds') * 1000);
    return () => {
      clearInterval(rising);
      conditions.rolloutPercent = undefined;
    };
  },
};
