import type { Observation } from '../../../probes/index.ts';
import { facts, ping, type RuleCases, ran } from '../build.ts';

const unanswered = (reason: 'killed' | 'tool-missing'): Observation =>
  ping('node', { kind: 'did-not-run', reason });

export const cases: RuleCases = {
  fires: [
    {
      name: 'a ping, which nothing depends on',
      facts: facts({ lost: ['icmp-echo/node'] }),
      summary: /^The debug container ran to its end, and 1 of 16 answers is not in its log: icmp-echo.node$/,
      severity: 'warning',
      tells: [/^kubectl netcheck client -n shop$/],
    },
    {
      name: 'answers that checks depend on',
      facts: facts({ lost: ['tcp-connect/kubernetes-api', 'http-get/kubernetes-api'] }),
      summary: /2 of 16 answers are not in its log: tcp-connect.kubernetes-api and http-get.kubernetes-api$/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'its own time limit ended it, which is an answer',
      facts: facts({ observations: [unanswered('killed')] }),
    },
    { name: 'the tool is not in the image', facts: facts({ observations: [unanswered('tool-missing')] }) },
    {
      name: 'the run ended early, which is told as that',
      facts: facts({ entry: ran('timeout'), lost: ['icmp-echo/node'] }),
    },
  ],
};
