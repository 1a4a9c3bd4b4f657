import { connect, facts, httpTimedOut, internet, known, type RuleCases, responded } from '../build.ts';

const SIX = ['2606:4700:4700::1111', '2001:4860:4860::8888', '2400:3200::1'];
const six = (kind: 'open' | 'timed-out') => SIX.map((host) => connect(host, { kind }));

export const cases: RuleCases = {
  fires: [
    {
      name: 'IPv6 is dead',
      facts: facts({ observations: six('timed-out') }),
      summary: /^IPv6 does not get out of this pod, IPv4 does/,
      severity: 'error',
      confidence: 'likely',
      about: 'ipv6',
      tells: [/no NetworkPolicy selects this pod for egress/, /^kubectl get nodes -o wide$/],
    },
    {
      name: 'a policy names ranges of one family: a finding of its own tells so',
      facts: facts({
        observations: six('timed-out'),
        evidence: {
          networkPolicies: known([
            {
              metadata: { name: 'allow-ipv4', namespace: 'shop' },
              spec: {
                podSelector: {},
                policyTypes: ['Egress'],
                egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }],
              },
            },
          ]),
        },
      }),
      summary: /^IPv6 does not get out/,
      confidence: 'likely',
    },
    {
      name: 'IPv4 is dead',
      facts: facts({ observations: [...internet({ kind: 'timed-out' }, responded()), ...six('open')] }),
      summary: /^IPv4 does not get out of this pod, IPv6 does/,
      severity: 'error',
      about: 'ipv4',
    },
  ],
  silent: [
    { name: 'a healthy pod, of IPv4 only', facts: facts() },
    { name: 'both work', facts: facts({ observations: six('open') }) },
    {
      name: 'one address of IPv6 is blocked',
      facts: facts({
        observations: [...six('open').slice(1), connect('2606:4700:4700::1111', { kind: 'timed-out' })],
      }),
    },
    {
      name: 'one of IPv6 was not measured',
      facts: facts({ observations: six('timed-out'), lost: ['tcp-connect/2400:3200::1:443'] }),
    },
    {
      name: 'both are dead',
      facts: facts({
        observations: [...internet({ kind: 'timed-out' }, httpTimedOut('connect')), ...six('timed-out')],
      }),
    },
    {
      name: 'targets that the user named are told one by one',
      facts: facts({ observations: six('timed-out'), internetMode: 'custom' }),
    },
  ],
};
