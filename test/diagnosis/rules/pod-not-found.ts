import { facts, known, type RuleCases, refused } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'a letter is wrong',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        evidence: { pod: { state: 'absent' }, podNames: known(['cleint', 'web-7858598c99-mrxcc']) },
      }),
      summary: /^There is no pod client in namespace shop; did you mean cleint$/,
      severity: 'error',
      tells: [/^kubectl get pods -n shop$/, /^kubectl netcheck cleint -n shop$/],
    },
    {
      name: 'the namespace is empty',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        evidence: { pod: { state: 'absent' }, podNames: known([]) },
      }),
      summary: /no pod client/,
      tells: [/namespace shop has no pods/],
    },
    {
      name: 'the namespace is not there',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        evidence: { pod: { state: 'absent' }, podNames: known([]), namespace: { state: 'absent' } },
      }),
      summary: /no pod client/,
      tells: [/^there is no namespace shop$/, /^kubectl get namespaces$/],
    },
    {
      name: 'it went away before the debug container',
      facts: facts({ entry: refused(404, 'pods "client" not found', { name: 'client' }) }),
      summary: /any more/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'pods may not be read',
      facts: facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        evidence: {
          pod: { state: 'forbidden', right: { verb: 'get', resource: 'pods', group: '', namespace: 'shop' } },
        },
      }),
    },
    {
      name: 'the subresource is missing, not the pod',
      facts: facts({ entry: refused(404, 'the server could not find the requested resource', {}) }),
    },
  ],
};
