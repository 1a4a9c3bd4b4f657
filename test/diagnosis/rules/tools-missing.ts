import { apiConnect, directQuery, facts, ping, type RuleCases, SERVER } from '../build.ts';

const NONE = { kind: 'did-not-run', reason: 'tool-missing' } as const;

export const cases: RuleCases = {
  fires: [
    {
      name: 'one tool',
      facts: facts({ observations: [apiConnect(NONE)] }),
      summary: /^The debug image lacks nc, so 1 answer could not be had$/,
    },
    {
      name: 'a tool that a check needs, and one that none does',
      facts: facts({ observations: [apiConnect(NONE), ping('node', NONE)] }),
      summary: /^The debug image lacks (nc and ping|ping and nc), so 2 answers could not be had$/,
      severity: 'warning',
      tells: [
        /not asked: .*tcp-connect.kubernetes-api/,
        /^kubectl netcheck client -n shop$/,
        /^kubectl netcheck client --image REGISTRY.netshoot:TAG -n shop$/,
      ],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the tool is there, and was ended',
      facts: facts({ observations: [apiConnect({ kind: 'did-not-run', reason: 'killed' })] }),
    },
    {
      name: 'tools that no check needs',
      facts: facts({ observations: [directQuery(SERVER, NONE), ping('node', NONE)] }),
    },
  ],
};
