/** No finding offers a command whose read was refused. */
import { describe, expect, test } from '@jest/globals';
import { permittedOnly } from '../../src/diagnosis/permitted.ts';
import { NO_EVIDENCE } from '../../src/model/evidence.ts';
import { known } from './build.ts';
import { judged } from './judged.ts';
import { toOutside, WAY_OUT_DEAD } from './to-outside.ts';

const refused = (verb: string, resource: string, namespace?: string) => ({
  ...NO_EVIDENCE,
  networkPolicies: {
    state: 'forbidden' as const,
    right: { verb, group: '', resource, ...(namespace === undefined ? {} : { namespace }) },
  },
});
const left = (command: string, evidence: typeof NO_EVIDENCE) =>
  permittedOnly({ confidence: 'likely', summary: 's', next: [command, 'curl -v URL'] }, evidence);

describe('a command that may not be run', () => {
  test.each([
    ['kubectl get networkpolicies -n shop', refused('list', 'networkpolicies', 'shop')],
    ['kubectl get networkpolicies -A', refused('list', 'networkpolicies', 'shop')],
    ['kubectl describe service web -n shop', refused('get', 'services', 'shop')],
    ['kubectl get ingress web -n shop', refused('get', 'ingresses', 'shop')],
    ['kubectl get pods -n kube-system -l k8s-app=kube-proxy -o wide', refused('list', 'pods', 'kube-system')],
    ['kubectl get nodes -o wide', refused('list', 'nodes')],
    ['kubectl get daemonsets.apps -A', refused('list', 'daemonsets')],
  ])('%s', (command, evidence) => {
    const { next, evidence: told } = left(command, evidence);
    expect(next).toEqual(['curl -v URL']);
    expect(told).toEqual([
      expect.stringMatching(/^not permitted to (get|list) .*: somebody who is can tell more$/),
    ]);
  });
});

describe('one that may be run, as far as is known', () => {
  test.each([
    ['kubectl get networkpolicies -n store', refused('list', 'networkpolicies', 'shop')],
    ['kubectl get networkpolicies -n shop', refused('list', 'networkpolicies')],
    ['kubectl get service web -n shop', refused('list', 'services', 'shop')],
    ['kubectl logs web-0 -n shop', refused('get', 'pods', 'shop')],
    ['kubectl auth can-i list pods -n shop', refused('list', 'pods', 'shop')],
    ['nslookup pods', refused('list', 'pods', 'shop')],
  ])('%s', (command, evidence) => {
    expect(left(command, evidence)).toMatchObject({ next: [command, 'curl -v URL'] });
    expect(left(command, evidence).evidence).toBeUndefined();
  });
});

test('NetworkPolicies are offered only where one may be the reason', () => {
  const next = (evidence: Parameters<typeof toOutside>[0]) =>
    judged(toOutside({ observations: WAY_OUT_DEAD, ...evidence })).findings.find(
      ({ code }) => code === 'NC8001',
    )?.next;
  const policies = { state: 'failed', reason: 'timeout' } as const;
  expect(next({ evidence: { networkPolicies: known([]) } })).not.toContain(
    'kubectl get networkpolicies -n shop',
  );
  expect(next({ evidence: { networkPolicies: policies } })).toContain('kubectl get networkpolicies -n shop');
});
