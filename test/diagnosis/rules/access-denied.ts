import { facts, type RuleCases, refused } from '../build.ts';

const PATCH = { verb: 'patch', resource: 'pods/ephemeralcontainers', group: '', namespace: 'shop' };

export const cases: RuleCases = {
  fires: [
    {
      name: 'told by the access review',
      facts: facts({
        entry: {
          state: 'not-attempted',
          why: 'access-denied',
          missing: [
            { verb: 'patch', resource: 'pods/ephemeralcontainers', group: '', namespace: 'shop' },
            { verb: 'get', resource: 'pods/log', group: '', namespace: 'shop' },
          ],
        },
      }),
      summary:
        /^You are not permitted to patch pods.ephemeralcontainers in namespace shop and get pods.log in namespace shop$/,
      severity: 'warning',
      tells: [
        /^kubectl auth can-i patch pods --subresource=ephemeralcontainers -n shop$/,
        /^kubectl auth can-i get pods --subresource=log -n shop$/,
        /resources: \["pods.ephemeralcontainers"\]\n {2}verbs: \["patch"\]/,
        /kind: RoleBinding/,
      ],
    },
    {
      name: 'told by the PATCH',
      facts: facts({
        entry: refused(
          403,
          'pods "client" is forbidden: User "dev" cannot patch resource "pods/ephemeralcontainers" in API group "" in the namespace "shop"',
        ),
      }),
      summary: /patch pods.ephemeralcontainers in namespace shop/,
      tells: [
        /knows you as User "dev"/,
        /kind: User\n {2}name: "dev"$/m,
        /ask whoever administers namespace shop/,
      ],
    },
    {
      name: 'who lacks it is told by what else may not be read',
      facts: facts({
        entry: { state: 'not-attempted', why: 'access-denied', missing: [PATCH] },
        evidence: {
          node: {
            state: 'forbidden',
            right: { verb: 'get', resource: 'nodes', group: '', user: 'a "b": c' },
          },
        },
      }),
      summary: /patch pods/,
      tells: [/kind: User\n {2}name: "a \\"b\\": c"$/m],
    },
    {
      name: 'a ServiceAccount is bound as one',
      facts: facts({
        entry: {
          state: 'not-attempted',
          why: 'access-denied',
          missing: [PATCH],
        },
        evidence: {
          node: {
            state: 'forbidden',
            right: { verb: 'get', resource: 'nodes', group: '', user: 'system:serviceaccount:ci:runner' },
          },
        },
      }),
      summary: /patch pods/,
      tells: [/^- kind: ServiceAccount\n {2}name: runner\n {2}namespace: ci$/m],
    },
    {
      name: 'impersonation',
      facts: facts({
        entry: {
          state: 'not-attempted',
          why: 'access-denied',
          missing: [{ verb: 'impersonate', resource: 'users', group: '', user: 'dev' }],
        },
      }),
      summary: /^You are not permitted to impersonate users$/,
      tells: [/leave --as out/, /^kubectl auth can-i impersonate users$/],
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: "a webhook that speaks in RBAC's words",
      facts: facts({
        entry: refused(
          403,
          'admission webhook "guard.example.org" denied the request: User "dev" cannot patch resource "pods/ephemeralcontainers" in API group "" in the namespace "shop"',
        ),
      }),
    },
    {
      name: 'a 403 of admission',
      facts: facts({
        entry: refused(
          403,
          'admission webhook "images.example.org" denied the request: not from our registry',
        ),
      }),
    },
  ],
};
