import { facts, pod, type RuleCases, refused } from '../build.ts';

const violates = (container: string) =>
  `pods "client" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "${container}" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "${container}" must set securityContext.capabilities.drop=["ALL"])`;

export const cases: RuleCases = {
  fires: [
    {
      name: 'our container',
      facts: facts({ entry: refused(403, violates('netcheck-abcde')) }),
      summary: /Pod Security \(restricted:latest\) of namespace shop refuses the debug container/,
      severity: 'warning',
    },
    {
      name: "the app's own container",
      facts: facts({ entry: refused(403, violates('app')) }),
      summary: /refuses the pod itself \(container app\)/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'an earlier ephemeral container',
      facts: facts({
        entry: refused(403, violates('old')),
        pod: pod({ spec: { ephemeralContainers: [{ name: 'old' }] } }),
      }),
    },
    {
      name: 'a missing right',
      facts: facts({
        entry: refused(
          403,
          'pods "client" is forbidden: User "dev" cannot patch resource "pods/ephemeralcontainers" in API group "" in the namespace "shop"',
        ),
      }),
    },
  ],
};
