import { allNames, facts, nameserver, PORT_REFUSED, REFUSED, type RuleCases, TIMED_OUT } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'a Service without endpoints',
      facts: facts({ observations: allNames(PORT_REFUSED) }),
      summary: /^Port 53 of 10.96.0.10 refuses the connection, so no name resolves$/,
      severity: 'error',
    },
    {
      name: 'so many asked at once that the kernel told none of the UDP askers; TCP asked again and was told',
      facts: facts({ observations: [...allNames(TIMED_OUT), nameserver({ kind: 'refused' })] }),
      summary: /^Port 53 of 10.96.0.10 refuses the connection, so no name resolves$/,
    },
  ],
  silent: [
    {
      name: 'silence over UDP and TCP alike',
      facts: facts({ observations: [...allNames(TIMED_OUT), nameserver({ kind: 'timed-out' })] }),
    },
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the server answers, and declines: rcode REFUSED',
      facts: facts({ observations: allNames(REFUSED) }),
    },
  ],
};
