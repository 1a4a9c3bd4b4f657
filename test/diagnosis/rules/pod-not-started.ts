import { facts, known, pod, type RuleCases } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'not scheduled',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: {
          metadata: { name: 'client', namespace: 'shop' },
          spec: { containers: [{ name: 'app' }] },
          status: {
            phase: 'Pending',
            conditions: [
              {
                type: 'PodScheduled',
                status: 'False',
                reason: 'Unschedulable',
                message: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
              },
            ],
          },
        },
      }),
      summary: /is not scheduled to a node: Unschedulable: 0.1 nodes are available/,
      severity: 'error',
      tells: [/^kubectl describe pod client -n shop$/],
    },
    {
      name: 'the image of the app cannot be pulled',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({
          status: {
            phase: 'Pending',
            conditions: [],
            containerStatuses: [
              {
                name: 'app',
                state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "x"' } },
              },
            ],
          },
        }),
      }),
      summary: /has not started: container app: ImagePullBackOff/,
    },
    {
      name: 'an init container runs, and so did the probes',
      facts: facts({
        pod: pod({
          status: {
            phase: 'Pending',
            conditions: [],
            initContainerStatuses: [{ name: 'migrate', state: { running: {} } }],
            containerStatuses: [],
          },
        }),
      }),
      summary: /waits for its init container migrate/,
      severity: 'warning',
    },
    {
      name: 'an init container runs, and nothing was tried',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({
          status: {
            phase: 'Pending',
            conditions: [],
            initContainerStatuses: [{ name: 'migrate', state: { running: {} } }],
          },
        }),
      }),
      summary: /waits for its init container migrate/,
      severity: 'warning',
    },
    {
      name: 'its network could not be set up',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ status: { phase: 'Pending', conditions: [], containerStatuses: [] } }),
        evidence: {
          podEvents: known([{ reason: 'FailedCreatePodSandBox', message: 'plugin failed' }]),
        },
      }),
      summary: /has not started/,
      severity: 'error',
    },
    {
      name: 'a native sidecar serves, the init container after it does not end',
      facts: facts({
        pod: pod({
          spec: {
            containers: [{ name: 'app' }],
            initContainers: [{ name: 'proxy', restartPolicy: 'Always' }, { name: 'migrate' }],
          },
          status: {
            phase: 'Pending',
            conditions: [],
            initContainerStatuses: [
              { name: 'proxy', ready: true, state: { running: {} } },
              { name: 'migrate', ready: false, state: { running: {} } },
            ],
          },
        }),
      }),
      summary: /waits for its init container migrate/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'it runs, and its container restarts',
      facts: facts({
        pod: pod({
          status: {
            containerStatuses: [
              { name: 'app', restartCount: 4, state: { waiting: { reason: 'CrashLoopBackOff' } } },
            ],
          },
        }),
      }),
    },
  ],
};
