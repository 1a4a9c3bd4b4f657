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
      summary: /^Webhook images.example.org refuses the debug container$/,
      tells: [/not from our registry/, /validatingwebhookconfigurations/],
    },
    {
      name: 'a webhook that does not answer',
      facts: facts({
        entry: refused(
          500,
          'Internal error occurred: failed calling webhook "images.example.org": failed to call webhook: Post "https://guard.security.svc:443/validate?timeout=10s": context deadline exceeded',
        ),
      }),
      summary: /^The admission webhook images.example.org could not be called/,
      tells: [
        /^kubectl get service guard -n security$/,
        /^kubectl get endpointslices -l kubernetes.io.service-name=guard -n security$/,
      ],
    },
    {
      name: 'a webhook that takes no dry run',
      facts: facts({
        entry: refused(400, 'admission webhook "images.example.org" does not support dry run'),
      }),
      summary: /^The admission webhook images.example.org takes no dry run/,
      tells: [/^kubectl netcheck client --dry-run=client -n shop$/],
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
      tells: [/^kubectl get validatingadmissionpolicy no-debug -o yaml$/],
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
      tells: [/^kubectl get pod client -o jsonpath='\{.metadata.annotations\}' -n shop$/],
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
