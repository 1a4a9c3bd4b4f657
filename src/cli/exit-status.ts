/** The numbers that a run can end with. */
export const EXIT = { healthy: 0, failed: 1, usage: 2, findings: 3, inconclusive: 4 } as const;

/** Of a run that a signal ended: 128 and its number. */
export const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type StopSignal = keyof typeof SIGNAL_EXIT;
