import { facts, ping, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'one of three',
      facts: facts({ observations: [ping('node', { kind: 'replied', sent: 3, received: 2 })] }),
      summary: /^1 of 3 pings to 192.168.0.4 were lost \(33 %/,
      severity: 'warning',
      about: 'node',
      tells: [/^ping -c 100 -i 0.2 192.168.0.4$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'none comes back: filtered or unreachable, not loss',
      facts: facts({ observations: [ping('node', { kind: 'no-reply', sent: 3 })] }),
    },
    {
      name: 'ping is not permitted',
      facts: facts({ observations: [ping('node', { kind: 'not-permitted' })] }),
    },
  ],
};
