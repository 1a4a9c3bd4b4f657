import { connect, DEAD_INTERNET, facts, fetchUrl, http, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'one of several does not answer',
      facts: facts({ observations: [connect('8.8.8.8', { kind: 'timed-out' })], internetMode: 'custom' }),
      summary: /^8.8.8.8:443 timed out, while another/,
      severity: 'error',
      about: '8.8.8.8:443',
    },
    {
      name: 'a site whose name does not resolve',
      facts: facts({
        observations: [fetchUrl('https://aliyun.com/', http('name-failure'))],
        internetMode: 'custom',
      }),
      summary: /^https:\/\/aliyun.com\/ has a name that did not resolve/,
      confidence: 'certain',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts({ internetMode: 'custom' }) },
    {
      name: 'of the default targets one is enough',
      facts: facts({ observations: [connect('8.8.8.8', { kind: 'timed-out' })], internetMode: 'default' }),
    },
    { name: 'none answers', facts: facts({ observations: DEAD_INTERNET, internetMode: 'custom' }) },
    {
      name: 'one was not measured',
      facts: facts({ lost: ['tcp-connect/8.8.8.8:443'], internetMode: 'custom' }),
    },
  ],
};
