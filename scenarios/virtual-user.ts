/** How virtual users that only send beacons mark their sessions, so that made-up figures are never taken for a person's. */
export const virtualUserMark = 'virtual-user';
