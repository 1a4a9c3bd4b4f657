import { allNames, facts, lookup, type RuleCases, SERVFAIL, TIMED_OUT } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'for every name',
      facts: facts({ observations: allNames(SERVFAIL) }),
      summary: /^10.96.0.10 answers SERVFAIL for any name/,
      severity: 'error',
    },
    {
      name: 'one name times out and one is SERVFAIL: the answer tells more',
      facts: facts({ observations: [lookup('example.com.', TIMED_OUT), lookup('aliyun.com.', SERVFAIL)] }),
      summary: /SERVFAIL for names outside/,
      about: 'external-name',
      tells: [/^example.com.: no answer in time$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'one of two sites is broken',
      facts: facts({ observations: [lookup('example.com.', SERVFAIL)] }),
    },
    {
      name: 'the other site was not measured',
      facts: facts({ observations: [lookup('example.com.', SERVFAIL)], lost: ['dns-lookup/aliyun.com.'] }),
    },
  ],
};
