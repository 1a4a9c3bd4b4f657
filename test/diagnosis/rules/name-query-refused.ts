import { allNames, facts, PORT_REFUSED, REFUSED, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'for every name',
      facts: facts({ observations: allNames(REFUSED) }),
      summary: /refuses the query \(REFUSED\) for any name/,
      severity: 'error',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    { name: 'the port is refused, not the query', facts: facts({ observations: allNames(PORT_REFUSED) }) },
  ],
};
