import { facts, type RuleCases, refused } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'a webhook',
      facts: facts({
        entry: refused(
          400,
          'admission webhook "images.example.org" denied the request: not from our registry',
        ),
      }),
      summary: /^webhook images.example.org refuses the debug container$/,
      tells: [/not from our registry/, /validatingwebhookconfigurations/],
    },
    {
      name: 'a webhook that does not answer',
      facts: facts({
        entry: refused(
          500,
          'Internal error occurred: failed calling webhook "images.example.org": context deadline exceeded',
        ),
      }),
      summary: /does not work/,
    },
    {
      name: 'a policy',
      facts: facts({
        entry: refused(
          422,
          "pods \"client\" is forbidden: ValidatingAdmissionPolicy 'no-debug' with binding 'all' denied request: no debug containers here",
        ),
      }),
      summary: /ValidatingAdmissionPolicy no-debug refuses/,
    },
    {
      name: 'OpenShift',
      facts: facts({
        entry: refused(
          403,
          'pods "client" is forbidden: unable to validate against any security context constraint: []',
        ),
      }),
      summary: /SecurityContextConstraints/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'a missing right',
      facts: facts({
        entry: refused(
          403,
          'pods "client" is forbidden: User "dev" cannot patch resource "pods/ephemeralcontainers" in API group "" in the namespace "shop"',
        ),
      }),
    },
    { name: 'the server is overloaded', facts: facts({ entry: refused(429, 'too many requests') }) },
  ],
};
