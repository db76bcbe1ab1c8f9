/** The registry of profiles: a new one is one file and one row. */
import { baseline } from './baseline.ts';
import { blackFriday } from './black-friday.ts';
import { breakpoint } from './breakpoint.ts';
import { ramp } from './ramp.ts';
import { smoke } from './smoke.ts';
import { soak } from './soak.ts';
import { spike } from './spike.ts';
import type { Profile } from './types.ts';

export const profiles: readonly Profile[] = [smoke, baseline, blackFriday, ramp, spike, soak, breakpoint];
