/** Whether something is proven, refuted, or neither. */
export type Answer = 'pass' | 'fail' | 'inconclusive';
