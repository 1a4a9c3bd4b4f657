import {
  allNames,
  answer,
  api,
  clusterNames,
  DEAD_INTERNET,
  directLookup,
  externalNames,
  facts,
  httpTimedOut,
  known,
  lookup,
  nameserver,
  PORT_REFUSED,
  pod,
  type RuleCases,
  resolvConf,
  TIMED_OUT,
} from '../build.ts';

const OWN = '192.168.0.53';
const silentAt = (server: string): typeof TIMED_OUT => ({
  kind: 'timed-out',
  failedServers: [{ server, why: 'timed-out' }],
});

export const cases: RuleCases = {
  fires: [
    {
      name: 'no name at all, while connections work',
      facts: facts({ observations: allNames(TIMED_OUT) }),
      summary: /^No answer in time from 10.96.0.10 for any name/,
      severity: 'error',
      confidence: 'likely',
      tells: [/no NetworkPolicy selects this pod for egress/],
    },
    {
      name: 'a policy selects the pod: less sure, and it is named',
      facts: facts({
        observations: allNames(TIMED_OUT),
        evidence: {
          networkPolicies: known([
            {
              metadata: { name: 'default-deny', namespace: 'shop' },
              spec: { podSelector: {}, policyTypes: ['Egress'] },
            },
          ]),
        },
      }),
      summary: /No answer in time/,
      confidence: 'possible',
      tells: [/1 NetworkPolicy selects this pod for egress and may be the reason: default-deny/],
    },
    {
      name: 'policies may not be read',
      facts: facts({
        observations: allNames(TIMED_OUT),
        evidence: {
          networkPolicies: {
            state: 'forbidden',
            right: {
              verb: 'list',
              resource: 'networkpolicies',
              group: 'networking.k8s.io',
              namespace: 'shop',
            },
          },
        },
      }),
      summary: /No answer in time/,
      confidence: 'possible',
      tells: [/not permitted to list networkpolicies/],
    },
    {
      name: 'nothing at all gets out',
      facts: facts({
        observations: [
          ...allNames(TIMED_OUT),
          ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
          ...DEAD_INTERNET,
        ],
      }),
      summary: /^Nothing outside the pod answers/,
      tells: [/10.96.0.1:443 timed out/],
    },
    {
      name: 'only names outside: a symptom of its own, about them',
      facts: facts({ observations: externalNames(TIMED_OUT) }),
      summary: /names outside the cluster/,
      about: 'external-name',
    },
    {
      name: 'the AAAA half of an answer times out',
      facts: facts({
        observations: [
          lookup('example.com.', answer('example.com', '203.0.113.10', { partial: 'timed-out' })),
        ],
      }),
      summary: /One record type/,
      severity: 'warning',
    },
    {
      name: 'dnsPolicy Default, and no server answers at all',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
        without: ['external-name', 'internet'],
        observations: clusterNames(TIMED_OUT),
      }),
      summary: /No answer in time/,
      severity: 'error',
    },
    {
      name: 'one form of the cluster name times out, the other is answered',
      facts: facts({ observations: [lookup('kubernetes.default.svc', TIMED_OUT)] }),
      summary: /^Some lookups fail while others are answered: kubernetes.default.svc: no answer in time$/,
      severity: 'warning',
      about: 'intermittent',
    },
    {
      name: 'dnsPolicy None with the nameserver of the cluster, which is silent',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } } }),
        observations: clusterNames(TIMED_OUT),
      }),
      summary: /No answer in time from 10.96.0.10 for the cluster's own names/,
      severity: 'error',
      about: 'cluster-name',
    },
    {
      name: 'a cache on the node is silent; the Service behind it refuses TCP, which says nothing of the cache',
      facts: facts({
        observations: [
          ...allNames({
            kind: 'timed-out',
            failedServers: [{ server: '169.254.20.10', why: 'timed-out' }],
          }),
          nameserver({ kind: 'refused' }),
        ],
      }),
      summary: /^No answer in time from 169.254.20.10 for any name/,
      severity: 'error',
    },
    {
      name: 'the own nameserver of the pod: whose it is, and nothing of the pods of cluster DNS',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: [OWN] } } }),
        observations: [
          ...allNames(silentAt(OWN)),
          resolvConf([OWN]),
          directLookup(OWN, 'udp', silentAt(OWN)),
          directLookup(OWN, 'tcp', silentAt(OWN)),
        ],
      }),
      summary:
        /^No answer in time from 192.168.0.53 \(named by the pod's dnsConfig, dnsPolicy None\) for any name$/,
      tells: [
        /^kubectl get pod client -n shop -o jsonpath='{.spec.dnsPolicy} {.spec.dnsConfig}'$/,
        /^nslookup -timeout=2 example.com. 192.168.0.53$/,
        /^192.168.0.53 by itself: no answer in time over UDP and TCP$/,
      ],
    },
    {
      name: 'dnsPolicy Default: of the node',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
        observations: [...allNames(silentAt(OWN)), resolvConf([OWN])],
      }),
      summary:
        /^No answer in time from 192.168.0.53 \(from the node's resolv.conf, dnsPolicy Default\) for any name$/,
      tells: [/^kubectl debug node.node-1 -it --image=nicolaka.netshoot -- cat .host.etc.resolv.conf$/],
    },
    {
      name: 'on the network of the node, and silent over UDP alone',
      facts: facts({
        pod: pod({ spec: { hostNetwork: true } }),
        observations: [
          ...allNames(silentAt(OWN)),
          resolvConf([OWN]),
          directLookup(OWN, 'udp', silentAt(OWN)),
          directLookup(
            OWN,
            'tcp',
            answer('kubernetes.default.svc.cluster.local', '10.96.0.1', { server: OWN }),
          ),
        ],
      }),
      summary: /\(from the node's resolv.conf, hostNetwork without dnsPolicy ClusterFirstWithHostNet\)/,
      tells: [/^192.168.0.53 by itself: no answer in time over UDP, answered over TCP$/],
    },
    {
      name: "one of the cluster and one of the pod's own",
      facts: facts({
        pod: pod({ spec: { dnsConfig: { nameservers: [OWN] } } }),
        observations: [
          ...allNames({
            kind: 'timed-out',
            failedServers: [
              { server: '10.96.0.10', why: 'timed-out' },
              { server: OWN, why: 'timed-out' },
            ],
          }),
          resolvConf(['10.96.0.10', OWN]),
        ],
      }),
      summary:
        /^No answer in time from 10.96.0.10 and 192.168.0.53 \(named by the pod's dnsConfig, dnsPolicy ClusterFirst\) for/,
      tells: [/k8s-app=kube-dns/, /dnsConfig}'$/],
    },
    {
      name: 'dnsPolicy None with the nameserver of the cluster: the commands are about the cluster',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.96.0.10'] } } }),
        observations: allNames(TIMED_OUT),
      }),
      summary: /^No answer in time from 10.96.0.10 for any name$/,
      tells: [/^kubectl get pods -n kube-system -l k8s-app=kube-dns -o wide$/],
    },
    {
      name: 'asked by itself it answers one time and not another',
      facts: facts({ observations: [directLookup('10.96.0.10', 'udp', TIMED_OUT)] }),
      summary:
        /^Some lookups fail while others are answered: kubernetes.default.svc.cluster.local. asked of 10.96.0.10: no/,
      severity: 'warning',
      about: 'intermittent',
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'a server that the pod does not ask is silent when it is asked by itself',
      facts: facts({ observations: [directLookup('10.96.0.99', 'udp', silentAt('10.96.0.99'))] }),
    },
    {
      name: 'it is silent over TCP, by itself: told as such',
      facts: facts({ observations: [directLookup('10.96.0.10', 'tcp', TIMED_OUT)] }),
    },
    {
      name: 'one of two names outside times out: it may be blocked where the cluster stands',
      facts: facts({ observations: [lookup('example.com.', TIMED_OUT)] }),
    },
    { name: 'port 53 is refused', facts: facts({ observations: allNames(PORT_REFUSED) }) },
    {
      name: 'lookups did not run',
      facts: facts({
        lost: [
          'dns-lookup/example.com.',
          'dns-lookup/aliyun.com.',
          'dns-lookup/kubernetes.default.svc',
          'dns-lookup/kubernetes.default.svc.cluster.local.',
        ],
      }),
    },
    {
      name: 'dnsPolicy Default: a cluster name that is not answered says nothing, as others are',
      facts: facts({
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
        observations: [...clusterNames(TIMED_OUT), resolvConf(['192.168.0.53'])],
      }),
    },
  ],
};
