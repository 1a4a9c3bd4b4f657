import { allNames, facts, pod, type RuleCases, TIMED_OUT } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'out of memory',
      facts: facts({
        pod: pod({
          status: {
            containerStatuses: [
              {
                name: 'app',
                restartCount: 7,
                state: { waiting: { reason: 'CrashLoopBackOff' } },
                lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
              },
            ],
          },
        }),
      }),
      summary: /Container app of pod client ends again and again \(7 restarts\)$/,
      severity: 'error',
      tells: [/OOMKilled, exit code 137/, /^kubectl logs client -c app --previous --tail=50 -n shop$/],
    },
    {
      name: 'beside a broken network it may only follow',
      facts: facts({
        pod: pod({
          status: {
            containerStatuses: [
              {
                name: 'app',
                restartCount: 7,
                state: { waiting: { reason: 'CrashLoopBackOff' } },
                lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
              },
            ],
          },
        }),
        observations: allNames(TIMED_OUT),
      }),
      summary: /which may follow from the network/,
      severity: 'warning',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'it restarted once, and runs',
      facts: facts({
        pod: pod({
          status: { containerStatuses: [{ name: 'app', restartCount: 1, state: { running: {} } }] },
        }),
      }),
    },
  ],
};
