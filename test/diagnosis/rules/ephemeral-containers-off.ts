import { facts, type RuleCases, refused } from '../build.ts';

export const cases: RuleCases = {
  fires: [
    {
      name: 'an old server',
      facts: facts({ entry: refused(404, 'the server could not find the requested resource', {}) }),
      summary: /has no ephemeral containers/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the pod is gone',
      facts: facts({ entry: refused(404, 'pods "client" not found', { name: 'client' }) }),
    },
  ],
};
