import type { Code } from './code.ts';

const base = { layer: 'policy', role: 'cause', severity: 'error' } as const;

/** 5: policy. */
export const policy: readonly Code[] = [
  { ...base, code: 'NC5001', id: 'egress-denied', title: 'NetworkPolicies of the source deny this' },
  { ...base, code: 'NC5002', id: 'ingress-denied', title: 'NetworkPolicies of the destination deny this' },
  { ...base, code: 'NC5003', id: 'dns-egress-denied', title: 'egress is restricted, and DNS is not allowed' },
  {
    ...base,
    code: 'NC5004',
    id: 'policy-allows-but-dropped',
    title: 'NetworkPolicies allow it, and packets vanish',
  },
  {
    ...base,
    severity: 'warning',
    code: 'NC5005',
    id: 'policy-not-enforced',
    title: 'NetworkPolicies deny it, and it passes',
  },
];
