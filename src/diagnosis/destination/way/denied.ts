/** Whether a NetworkPolicy was found to close the way: then what refuses is what enforces it, and not the app. */
import type { Finding } from '../../../model/finding.ts';

export const isDenied = (findings: readonly Finding[]): boolean =>
  findings.some(
    ({ id, severity, about }) =>
      (id === 'egress-denied' || id === 'ingress-denied') && severity === 'error' && about === 'destination',
  );
