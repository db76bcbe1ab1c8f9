/** By this tag an experiment is found again to be stopped: its id is only known once it runs. */
export const tagName = 'peakproof-fault';
