/** Of the case and the report, in a file of its own: who writes a case needs no schema of it. */
export const API_VERSION = 'kubectl-netcheck/v1';
