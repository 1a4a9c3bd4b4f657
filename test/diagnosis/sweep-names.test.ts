/** One lookup of a healthy pod fails: what tells of the nameserver is never healthy in silence. */
import { expect, test } from '@jest/globals';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import {
  allNames,
  clusterNames,
  dnsPod,
  externalNames,
  facts,
  known,
  lookup,
  NO_WAY,
  NXDOMAIN,
  nameserver,
  PORT_REFUSED,
  pod,
  REFUSED,
  resolvConf,
  SERVFAIL,
  TIMED_OUT,
} from './build.ts';
import { judged } from './judged.ts';

const FAILURES = { TIMED_OUT, SERVFAIL, REFUSED, PORT_REFUSED, NO_WAY, NXDOMAIN };
type Failure = keyof typeof FAILURES;
const NAMES = [
  'kubernetes.default.svc.cluster.local.',
  'kubernetes.default.svc',
  'example.com.',
  'aliyun.com.',
];
/** The absolute name does not exist where the cluster's domain is another; a name outside may be blocked, or broken by itself. */
const MAY_BE_SILENT = (name: string, failure: Failure): boolean =>
  name.startsWith('kubernetes')
    ? name.endsWith('.') && failure === 'NXDOMAIN'
    : failure !== 'PORT_REFUSED' && failure !== 'NO_WAY';

const KINDS: readonly Failure[] = ['TIMED_OUT', 'SERVFAIL', 'REFUSED', 'PORT_REFUSED', 'NO_WAY', 'NXDOMAIN'];

test.each(NAMES.flatMap((name) => KINDS.map((failure) => [name, failure] as const)))(
  '%s %s',
  (name, failure) => {
    const { verdict, findings } = judged(facts({ observations: [lookup(name, FAILURES[failure])] }));
    const told = findings.map(({ code, severity }) => `${code} ${severity}`);
    // One lost answer is no broken pod either.
    expect(verdict.status).toBe('healthy');
    expect(told.length > 0).toBe(!MAY_BE_SILENT(name, failure));
  },
);

const OWN = pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.168.0.53'] } } });
const silent = (server: string): typeof TIMED_OUT => ({
  kind: 'timed-out',
  failedServers: [{ server, why: 'timed-out' }],
});

test.each<[string, Facts, string, string[]]>([
  [
    'all DNS pods crash, EndpointSlices not readable',
    facts({
      observations: allNames(PORT_REFUSED),
      evidence: {
        dnsEndpointSlices: { state: 'failed', reason: '403' },
        dnsPods: known([dnsPod('coredns-1', { conditions: [] })]),
      },
    }),
    'broken',
    ['NC3102', 'NC3002'],
  ],
  [
    'the pod asks another server than the Service without endpoints',
    facts({
      pod: OWN,
      observations: [...allNames(silent('192.168.0.53')), resolvConf(['192.168.0.53'])],
      evidence: { dnsEndpointSlices: known([]) },
    }),
    'broken',
    ['NC3001'],
  ],
  [
    'upstream dead, TCP refused: nothing of the port',
    facts({ observations: [...externalNames(TIMED_OUT), nameserver({ kind: 'refused' })] }),
    'broken',
    ['NC3010', 'NC3001'],
  ],
  [
    'other nameservers that refuse cluster names, and nothing else was asked',
    facts({
      pod: OWN,
      without: ['internet', 'external-name'],
      observations: [...clusterNames(REFUSED), resolvConf(['192.168.0.53'])],
    }),
    'inconclusive',
    [],
  ],
])('%s', (_name, given, status, chain) => {
  expect(judged(given).verdict).toMatchObject({ status, chain });
});
