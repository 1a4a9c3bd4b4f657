import { facts, pod, type RuleCases, refused } from '../build.ts';

const violates = (container: string) =>
  `pods "client" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "${container}" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "${container}" must set securityContext.capabilities.drop=["ALL"])`;

export const cases: RuleCases = {
  fires: [
    {
      name: 'an earlier one that does not comply',
      facts: facts({
        entry: refused(403, violates('old')),
        pod: pod({
          metadata: { ownerReferences: [{ kind: 'StatefulSet', name: 'client', controller: true }] },
          spec: { ephemeralContainers: [{ name: 'old' }] },
        }),
      }),
      summary: /earlier ephemeral container of this pod \(old\) violates Pod Security/,
      tells: [/only a new pod helps/, /StatefulSet client owns/, /^kubectl delete pod client -n shop$/],
    },
    {
      name: 'of a pod that nothing would make again: no command deletes it',
      facts: facts({
        entry: refused(403, violates('old')),
        pod: pod({ spec: { ephemeralContainers: [{ name: 'old' }] } }),
      }),
      summary: /earlier ephemeral container of this pod \(old\)/,
      tells: [/nothing would make it again/, /^kubectl get pod client -o yaml -n shop$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'ours is named, the earlier one complies',
      facts: facts({
        entry: refused(403, violates('netcheck-abcde')),
        pod: pod({ spec: { ephemeralContainers: [{ name: 'old' }] } }),
      }),
    },
  ],
};
