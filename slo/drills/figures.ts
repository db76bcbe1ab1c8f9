/** Figures over a run's drills that an objective may limit: the one list. */

export const drillFigures = {
  'mean-time-to-recover': {
    description: 'mean seconds from a fault’s beginning to recovery',
    unit: 'seconds',
  },
  'time-to-recover': { description: 'seconds from each fault’s beginning to recovery', unit: 'seconds' },
  'services-taken-down': {
    description: 'services that each fault took down although nothing declared allows it',
    unit: 'services',
  },
  'budget-spent': {
    description: 'share of the error budget of its whole window that each fault spent',
    unit: 'share',
  },
} as const satisfies Readonly<
  Record<string, { readonly description: string; readonly unit: 'seconds' | 'services' | 'share' }>
>;

export type DrillFigure = keyof typeof drillFigures;

export const drillFigureNames = Object.keys(drillFigures) as DrillFigure[];
