/** What is said in the end: the root, what follows, and what could not be told. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Observation, OutcomeOf } from '../../probes/index.ts';
import type { Facts } from '../../src/diagnosis/evaluate.ts';
import { rules } from '../../src/diagnosis/rules/index.ts';
import {
  addresses,
  allNames,
  answer,
  api,
  clusterNames,
  connect,
  DEAD_INTERNET,
  directLookup,
  dnsPod,
  externalNames,
  facts,
  fetchUrl,
  gateway,
  http,
  httpTimedOut,
  internet,
  known,
  lookup,
  NO_WAY,
  NXDOMAIN,
  nameserver,
  notStarted,
  PORT_REFUSED,
  pathMtu,
  ping,
  pod,
  ran,
  refused,
  resolvConf,
  responded,
  routes,
  SERVER,
  SERVFAIL,
  slice,
  TIMED_OUT,
  tlsFailed,
} from './build.ts';
import { judged } from './judged.ts';

const verdictOf = (...args: Parameters<typeof judged>) => judged(...args).verdict;

describe('healthy', () => {
  test('all was measured and passed', () => {
    expect(verdictOf(facts())).toMatchObject({ status: 'healthy', chain: [], others: [], unknowns: [] });
  });
  test.each<[string, Facts]>([
    [
      'ping is not permitted',
      facts({
        observations: [ping('node', { kind: 'not-permitted' }), ping('internet', { kind: 'not-permitted' })],
      }),
    ],
    [
      'ICMP alone is dropped',
      facts({
        observations: [
          ping('node', { kind: 'no-reply', sent: 3 }),
          ping('internet', { kind: 'no-reply', sent: 3 }),
        ],
      }),
    ],
    [
      'two of three targets are silent',
      facts({
        observations: [connect('1.1.1.1', { kind: 'timed-out' }), connect('8.8.8.8', { kind: 'timed-out' })],
      }),
    ],
    [
      'a redundant ask brought nothing',
      facts({
        lost: [
          'tcp-connect/8.8.8.8:443',
          'dns-lookup/aliyun.com.',
          'http-get/https://aliyun.com/',
          'resolv-conf',
          'icmp-echo/node',
        ],
      }),
    ],
    [
      'another cluster domain',
      facts({ observations: [lookup('kubernetes.default.svc.cluster.local.', NXDOMAIN)] }),
    ],
    ['not authorised by the API', facts({ observations: api({ kind: 'open' }, responded(401)) })],
    ['no internet was asked for', facts({ without: ['internet', 'external-name'] })],
    [
      'policies select the pod, and everything passes',
      facts({
        evidence: {
          networkPolicies: known([{ metadata: { name: 'p' }, spec: { policyTypes: ['Egress'] } }]),
        },
      }),
    ],
    [
      'next to nothing may be read',
      facts({
        evidence: {
          node: { state: 'forbidden', right: { verb: 'get', resource: 'nodes', group: '' } },
          dnsService: { state: 'not-asked' },
          networkPolicies: { state: 'failed', reason: '503' },
        },
      }),
    ],
    [
      'dnsPolicy Default',
      facts({
        pod: pod({ spec: { dnsPolicy: 'Default' } }),
        observations: [...clusterNames(NXDOMAIN), resolvConf(['192.168.0.1'])],
      }),
    ],
    ['only the last word is missing, every answer is in', facts({ entry: ran('connection-lost') })],
  ])('%s', (_name, given) => {
    expect(verdictOf(given)).toMatchObject({ status: 'healthy' });
  });
});

describe('the sentence of a healthy pod', () => {
  const summaryOf = (...observations: readonly Observation[]) => verdictOf(facts({ observations })).summary;
  const lossy = ping('node', { kind: 'replied', sent: 3, received: 2 });

  test('without a warning: everything that was asked', () => {
    expect(summaryOf()).toBe('shop/client reaches everything that was asked: 9 checks passed');
  });
  test('beside a warning it claims the checks, and names it', () => {
    expect(summaryOf(lossy)).toBe('shop/client passed 9 checks, with 1 warning: NC2004 packet-loss');
  });
  test('a code that fired twice is named once', () => {
    const outside = ping('internet', { kind: 'replied', sent: 3, received: 1 });
    const tcp = nameserver({ kind: 'timed-out' });
    expect(summaryOf(lossy, outside, tcp)).toBe(
      'shop/client passed 9 checks, with 3 warnings: NC2004 packet-loss and NC3008 dns-tcp-blocked',
    );
  });
});

describe("the cluster's name, where the pod's own lookups of it were not measured", () => {
  const OTHER = '8.8.8.8';
  const UNSHOWN = { kind: 'did-not-run', reason: 'unsupported-tool', detail: 'no recursion' } as const;
  const given = (servers: readonly string[], direct: Observation, options?: readonly string[]) =>
    facts({ observations: [...clusterNames(UNSHOWN), resolvConf(servers, options), direct] });
  const right = answer('kubernetes.default.svc.cluster.local.', '10.96.0.1');
  const of = (server: string, transport: 'udp' | 'tcp' = 'udp') =>
    directLookup(server, transport, { ...right, server });

  test('the first nameserver answers it by itself: apps ask that one first', () => {
    const report = judged(given([SERVER, OTHER], of(SERVER)));
    expect(report.verdict.status).toBe('healthy');
    expect(report.checks.find(({ id }) => id === 'cluster-name')).toMatchObject({
      state: 'ok',
      detail: 'kubernetes.default.svc.cluster.local → 10.96.0.1 (10.96.0.10 asked by itself)',
    });
  });
  test.each<[string, Facts]>([
    ['the second does', given([OTHER, SERVER], of(SERVER))],
    ['over TCP alone', given([SERVER, OTHER], of(SERVER, 'tcp'))],
    ['the pod takes its nameservers in turn', given([SERVER, OTHER], of(SERVER), ['rotate'])],
    [
      'with a wrong address',
      given(
        [SERVER, OTHER],
        directLookup(SERVER, 'udp', { ...right, addresses: [{ family: 'ipv4', address: '203.0.113.9' }] }),
      ),
    ],
    ['it does not', given([SERVER, OTHER], directLookup(SERVER, 'udp', NXDOMAIN))],
  ])('%s: not known', (_name, facts) => {
    expect(verdictOf(facts)).toMatchObject({ status: 'inconclusive' });
  });
});

test("the commands about the pod's own nameservers are about nothing else", () => {
  const own = '192.168.0.53';
  const { findings } = judged(
    facts({
      pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: [own] } } }),
      observations: [
        ...allNames({ kind: 'timed-out', failedServers: [{ server: own, why: 'timed-out' }] }),
        resolvConf([own]),
      ],
    }),
  );
  const next = findings.find(({ code }) => code === 'NC3001')?.next ?? [];
  expect(next.filter((command) => /kube-system|kube-dns/.test(command))).toEqual([]);
  expect(next.length).toBeGreaterThan(1);
});

describe('broken, root first', () => {
  const V4 = { interface: 'eth0', family: 'ipv4', address: '10.244.0.43', prefixLength: 24 } as const;
  const V6 = { interface: 'eth0', family: 'ipv6', address: 'fd00::5', prefixLength: 64 } as const;
  const BOTH = addresses({
    kind: 'addresses',
    links: [{ name: 'eth0', up: true, mtu: 1500 }],
    addresses: [V4, V6],
  });
  const six = (kind: 'open' | 'timed-out') =>
    ['2606:4700:4700::1111', '2001:4860:4860::8888'].map((host) => connect(host, { kind }));
  const FOUR_DEAD = [...internet({ kind: 'timed-out' }, responded()), ...six('open')];
  const VIA_BOTH = routes({
    kind: 'routes',
    routes: 4,
    defaults: [
      { family: 'ipv4', gateway: '10.244.0.1', interface: 'eth0' },
      { family: 'ipv6', gateway: 'fd00::1', interface: 'eth0' },
    ],
  });
  /** Answered by another, after this server. */
  const passing = (server: string, by: string, address = '203.0.113.10') =>
    answer('example.com', address, { server: by, failedServers: [{ server, why: 'timed-out' }] });

  test.each<[string, Facts, string[], string[]]>([
    ['only IPv6 is dead', facts({ observations: [BOTH, VIA_BOTH, ...six('timed-out')] }), ['NC6008'], []],
    ['only IPv4 is dead', facts({ observations: [BOTH, VIA_BOTH, ...FOUR_DEAD] }), ['NC6008'], []],
    [
      'only IPv4 is dead, and the nameservers behind cluster DNS are of it',
      facts({ observations: [BOTH, VIA_BOTH, ...FOUR_DEAD, ...externalNames(SERVFAIL)] }),
      ['NC6008', 'NC3010', 'NC3003'],
      [],
    ],
    [
      'only IPv6 is dead, and names outside fail over IPv4',
      facts({ observations: [BOTH, VIA_BOTH, ...six('timed-out'), ...externalNames(SERVFAIL)] }),
      ['NC3010', 'NC3003'],
      ['NC6008'],
    ],
    [
      'no default route for IPv6',
      facts({ observations: [BOTH, ...six('timed-out')] }),
      ['NC2001', 'NC6008'],
      [],
    ],
    [
      'no default route for IPv6, and the user named a target of it',
      facts({ observations: [BOTH, ...six('timed-out').slice(1)], internetMode: 'custom' }),
      ['NC2001', 'NC8006'],
      [],
    ],
    [
      'no default route for IPv6, and DNS is silent over IPv4: two faults',
      facts({ observations: [BOTH, ...six('timed-out'), ...allNames(TIMED_OUT)] }),
      ['NC2001', 'NC6008'],
      ['NC3001'],
    ],
    [
      'no default route for IPv6, and IPv4 does not get out: the second is the fault',
      facts({ observations: [BOTH, ...six('timed-out'), ...DEAD_INTERNET] }),
      ['NC8001'],
      [],
    ],
    [
      'the first nameserver is dead, and a target that was named waits for its name',
      facts({
        observations: [
          ...clusterNames(passing('192.168.0.53', SERVER, '10.96.0.1')),
          ...externalNames(passing('192.168.0.53', SERVER)),
          fetchUrl('https://example.com/', httpTimedOut('name')),
        ],
        internetMode: 'custom',
      }),
      ['NC3009', 'NC8006'],
      [],
    ],
    [
      'the first nameserver is dead, and the name of a target does not exist: two faults',
      facts({
        observations: [
          ...clusterNames(passing('192.168.0.53', SERVER, '10.96.0.1')),
          lookup('example.com.', NXDOMAIN),
          lookup('aliyun.com.', NXDOMAIN),
          fetchUrl('https://example.com/', http('name-failure')),
        ],
        internetMode: 'custom',
      }),
      ['NC3005'],
      ['NC3009', 'NC8006'],
    ],
    [
      'cluster DNS has no endpoint, and a second nameserver answers for names outside alone',
      facts({
        observations: [
          ...clusterNames({
            kind: 'not-found',
            server: '8.8.8.8',
            failedServers: [{ server: SERVER, why: 'timed-out' }],
          }),
          ...externalNames(passing(SERVER, '8.8.8.8')),
          resolvConf([SERVER, '8.8.8.8']),
        ],
        evidence: { dnsEndpointSlices: known([slice()]), dnsPods: known([]) },
      }),
      ['NC3101', 'NC3009', 'NC3005'],
      [],
    ],
    [
      "the pod's own nameserver lies outside, where nothing gets out",
      facts({
        observations: [
          ...DEAD_INTERNET,
          ...externalNames(passing('203.0.113.53', SERVER)),
          resolvConf(['203.0.113.53', SERVER]),
        ],
        lost: ['dns-lookup/kubernetes.default.svc', 'dns-lookup/kubernetes.default.svc.cluster.local.'],
      }),
      ['NC8001', 'NC3009'],
      [],
    ],
    [
      'the gateway is silent, and all that lies behind it',
      facts({
        observations: [
          gateway({ reply: 'no-reply' }),
          ...allNames(TIMED_OUT),
          ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
          ...DEAD_INTERNET,
          ping('node', { kind: 'no-reply', sent: 3 }),
        ],
      }),
      ['NC2002', 'NC3001', 'NC6004'],
      [],
    ],
    [
      'the link is down, so nobody answers for the gateway',
      facts({
        observations: [
          addresses({ kind: 'addresses', links: [{ name: 'eth0', up: false, mtu: 1500 }], addresses: [V4] }),
          gateway({ reply: 'unreachable', neighbour: 'FAILED' }),
          ...allNames(TIMED_OUT),
          ...api({ kind: 'timed-out' }, httpTimedOut('connect')),
          ...DEAD_INTERNET,
          ping('node', { kind: 'no-reply', sent: 3 }),
        ],
      }),
      ['NC2006', 'NC2002', 'NC3001', 'NC6004'],
      [],
    ],
    [
      'large packets vanish, and the handshake hangs',
      facts({
        observations: [
          pathMtu({ kind: 'measured', mtu: 1372, linkMtu: 1500, tooBig: 1400 }),
          ...internet({ kind: 'open' }, httpTimedOut('tls')),
        ],
      }),
      ['NC2003', 'NC7004'],
      [],
    ],
    [
      'large packets vanish, and the handshake is refused: two faults',
      facts({
        observations: [
          pathMtu({ kind: 'measured', mtu: 1372, linkMtu: 1500, tooBig: 1400 }),
          ...internet({ kind: 'open' }, tlsFailed('handshake')),
        ],
      }),
      ['NC2003'],
      ['NC7004'],
    ],
    [
      'DNS Service without endpoints',
      facts({
        observations: allNames(PORT_REFUSED),
        evidence: { dnsEndpointSlices: known([slice()]), dnsPods: known([]) },
      }),
      ['NC3101', 'NC3002'],
      [],
    ],
    [
      'its pods crash',
      facts({
        observations: allNames(PORT_REFUSED),
        evidence: {
          dnsEndpointSlices: known([slice()]),
          dnsPods: known([dnsPod('coredns-1', { conditions: [] })]),
        },
      }),
      ['NC3102', 'NC3101', 'NC3002'],
      [],
    ],
    [
      'some queries are refused and some hear nothing: one fault',
      facts({
        observations: [
          ...clusterNames(PORT_REFUSED),
          ...externalNames(TIMED_OUT),
          ...api({ kind: 'refused' }, httpTimedOut('connect')),
        ],
      }),
      ['NC3002'],
      ['NC6001'],
    ],
    ['DNS silent', facts({ observations: allNames(TIMED_OUT) }), ['NC3001'], []],
    ['SERVFAIL', facts({ observations: allNames(SERVFAIL) }), ['NC3003'], []],
    ['unknown name', facts({ observations: externalNames(NXDOMAIN) }), ['NC3005'], []],
    ['upstream DNS broken', facts({ observations: externalNames(SERVFAIL) }), ['NC3010', 'NC3003'], []],
    [
      'no default route',
      facts({
        observations: [
          routes({ kind: 'routes', routes: 1, defaults: [] }),
          ...allNames(NO_WAY),
          ...api({ kind: 'unreachable', which: 'network' }, http('refused')),
          ...internet({ kind: 'unreachable', which: 'network' }, http('refused')),
        ],
      }),
      ['NC2001', 'NC6005'],
      ['NC6001'],
    ],
    ['internet unreachable', facts({ observations: DEAD_INTERNET }), ['NC8001'], []],
    [
      'the upstream of DNS goes the same way',
      facts({ observations: [...DEAD_INTERNET, ...externalNames(TIMED_OUT)] }),
      ['NC8001', 'NC3010', 'NC3001'],
      [],
    ],
    [
      'Kubernetes API refused',
      facts({ observations: api({ kind: 'refused' }, http('refused')) }),
      ['NC6001'],
      [],
    ],
    [
      'without endpoints',
      facts({
        observations: api({ kind: 'refused' }, http('refused')),
        evidence: { apiEndpointSlices: known([slice()]) },
      }),
      ['NC4003', 'NC6001'],
      [],
    ],
    [
      'two faults that have nothing to do with each other',
      facts({ observations: [...externalNames(NXDOMAIN), ...api({ kind: 'refused' }, http('refused'))] }),
      ['NC3005'],
      ['NC6001'],
    ],
    [
      'pod not found',
      facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        evidence: { pod: { state: 'absent' } },
      }),
      ['NC1001'],
      [],
    ],
    [
      'pod finished',
      facts({
        entry: { state: 'not-attempted', why: 'pod-unusable' },
        pod: pod({ status: { phase: 'Succeeded' } }),
      }),
      ['NC1003'],
      [],
    ],
    [
      'denied, and the API shows what is broken',
      facts({
        entry: { state: 'not-attempted', why: 'access-denied', missing: [] },
        evidence: { dnsEndpointSlices: known([slice()]) },
      }),
      ['NC3101'],
      [],
    ],
    [
      'TCP passes, TLS never does',
      facts({ observations: internet({ kind: 'open' }, httpTimedOut('tls')) }),
      ['NC7004'],
      [],
    ],
    [
      'cut off half way, and what arrived proves it',
      facts({ entry: ran('timeout'), observations: allNames(SERVFAIL), lost: ['http-get/kubernetes-api'] }),
      ['NC3003'],
      [],
    ],
  ])('%s', (_name, given, chain, others) => {
    expect(verdictOf(given)).toMatchObject({ status: 'broken', chain, others });
  });

  test.each<[string, OutcomeOf<'dns-lookup'>, readonly string[]]>([
    ['resolves by itself', passing('192.168.0.53', SERVER), ['named-target-dead/https://example.com/']],
    ['does not exist', NXDOMAIN, []],
  ])('a dead first nameserver explains a target whose name %s', (_name, outcome, explains) => {
    const { findings } = judged(
      facts({
        observations: [
          ...clusterNames(passing('192.168.0.53', SERVER, '10.96.0.1')),
          ...externalNames(passing('192.168.0.53', SERVER)).filter(
            ({ id }) => id !== 'dns-lookup/example.com.',
          ),
          lookup('example.com.', outcome),
          fetchUrl('https://example.com/', httpTimedOut('name')),
        ],
        internetMode: 'custom',
      }),
    );
    expect(findings.find(({ code }) => code === 'NC3009')?.explains).toEqual(explains);
  });

  test('what was not seen is told beside it', () => {
    const { unknowns } = verdictOf(
      facts({
        entry: ran('timeout'),
        observations: allNames(SERVFAIL),
        lost: ['tcp-connect/kubernetes-api', 'http-get/kubernetes-api'],
      }),
    );
    expect(unknowns).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/--timeout came/),
        expect.stringMatching(/^kubernetes-api: /),
      ]),
    );
  });

  test('a right that would have told the cause is named', () => {
    const right = {
      verb: 'list',
      resource: 'endpointslices',
      group: 'discovery.k8s.io',
      namespace: 'kube-system',
    };
    const { unknowns, summary } = verdictOf(
      facts({
        observations: allNames(TIMED_OUT),
        evidence: { dnsEndpointSlices: { state: 'forbidden', right } },
      }),
    );
    expect(summary).toMatch(/^Likely: /);
    expect(unknowns).toEqual([
      expect.stringMatching(/not permitted to list endpointslices in namespace kube-system/),
    ]);
  });
});

describe('inconclusive, with the reason', () => {
  test.each<[string, Facts, string[], RegExp]>([
    [
      'access denied',
      facts({ entry: { state: 'not-attempted', why: 'access-denied', missing: [] } }),
      ['NC1101'],
      /a right is missing/,
    ],
    [
      'Pod Security refuses',
      facts({
        entry: refused(
          403,
          'violates PodSecurity "restricted:latest": x (container "netcheck-abcde" must y)',
        ),
      }),
      ['NC1102'],
      /refused the debug container with 403/,
    ],
    [
      'image cannot be pulled',
      facts({ entry: notStarted('ErrImagePull', 'no such host') }),
      ['NC1105'],
      /ErrImagePull/,
    ],
    [
      'not started in time',
      facts({ entry: notStarted('Timeout', 'ContainerCreating') }),
      ['NC1113'],
      /had not started when --timeout came/,
    ],
    ['the server is overloaded', facts({ entry: refused(503, 'try again') }), [], /503/],
    ['dry run', facts({ entry: { state: 'not-attempted', why: 'dry-run' } }), [], /dry run/],
    [
      'the connection was lost',
      facts({
        entry: ran('connection-lost', 'the pod was deleted meanwhile'),
        lost: ['tcp-connect/8.8.8.8:443'],
      }),
      [],
      /the pod was deleted meanwhile/,
    ],
    [
      'killed half way',
      facts({ entry: ran('container-ended'), lost: ['tcp-connect/8.8.8.8:443'] }),
      ['NC1106'],
      /the debug container ended before/,
    ],
    [
      'the time limit',
      facts({ entry: ran('deadline'), lost: ['tcp-connect/8.8.8.8:443'] }),
      [],
      /time limit/,
    ],
    [
      'a required answer is missing',
      facts({
        lost: ['dns-lookup/kubernetes.default.svc', 'dns-lookup/kubernetes.default.svc.cluster.local.'],
      }),
      [],
      /^cluster-name: /,
    ],
    [
      'TCP was measured, HTTP was not',
      facts({ lost: ['http-get/kubernetes-api'] }),
      [],
      /^kubernetes-api-http: /,
    ],
    [
      'nothing of the interface',
      facts({ lost: ['interface/addresses', 'interface/routes'] }),
      [],
      /^address: /,
    ],
    [
      'the plan left out what must be asked',
      facts({ without: ['cluster-name'] }),
      [],
      /^cluster-name: not asked/,
    ],
  ])('%s', (_name, given, chain, reason) => {
    const verdict = verdictOf(given);
    expect(verdict).toMatchObject({ status: 'inconclusive', chain });
    expect(verdict.unknowns).toEqual(expect.arrayContaining([expect.stringMatching(reason)]));
  });

  test('an ask of a newer version counts as unmeasured', () => {
    expect(
      verdictOf(facts(), [{ id: 'quic/1', why: 'this version does not know the probe quic' }]),
    ).toMatchObject({ status: 'inconclusive' });
  });
});

describe('always', () => {
  const OTHER = '192.168.0.53';
  const worlds = fc.record({
    names: fc.constantFrom(TIMED_OUT, PORT_REFUSED, SERVFAIL, NXDOMAIN, NO_WAY, undefined),
    outside: fc.constantFrom(TIMED_OUT, SERVFAIL, NXDOMAIN, undefined),
    tcp: fc.constantFrom('open', 'refused', 'timed-out', 'reset'),
    get: fc.constantFrom(
      responded(),
      responded(503),
      http('refused'),
      httpTimedOut('tls'),
      httpTimedOut('connect'),
      http('empty'),
      http('name-failure'),
    ),
    out: fc.constantFrom('open', 'refused', 'timed-out'),
    page: fc.constantFrom(responded(), httpTimedOut('tls'), httpTimedOut('connect'), http('name-failure')),
    lost: fc.subarray(facts().observations.map(({ id }) => id)),
    // Each with the resolv.conf that it leads to: what the cluster writes, its own list, the node's.
    dns: fc.constantFrom(
      { pod: pod(), servers: [SERVER] },
      { pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: [SERVER] } } }), servers: [SERVER] },
      { pod: pod({ spec: { dnsPolicy: 'None', dnsConfig: { nameservers: [OTHER] } } }), servers: [OTHER] },
      { pod: pod({ spec: { dnsPolicy: 'Default' } }), servers: [OTHER] },
    ),
    entry: fc.constantFrom(ran(), ran('timeout'), ran('container-ended'), notStarted('Timeout', '')),
  });
  const worldOf = (w: typeof worlds extends fc.Arbitrary<infer T> ? T : never): Facts =>
    facts({
      entry: w.entry,
      lost: w.lost,
      pod: w.dns.pod,
      observations: [
        resolvConf(w.dns.servers),
        ...(w.names === undefined ? [] : clusterNames(w.names)),
        ...(w.outside === undefined ? [] : externalNames(w.outside)),
        ...api({ kind: w.tcp }, w.get),
        ...internet({ kind: w.out }, w.page),
      ],
    });

  test('healthy only where every check is ok or does not apply; broken only with an error; the same each time', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const given = worldOf(world);
        const { verdict, checks, findings } = judged(given);
        const errors = findings.filter(({ severity }) => severity === 'error');
        if (verdict.status === 'healthy') {
          expect(checks.filter(({ state }) => state !== 'ok' && state !== 'not-applicable')).toEqual([]);
          expect(errors).toEqual([]);
        } else if (verdict.status === 'broken') {
          const told = [...verdict.chain, ...verdict.others];
          expect(told.length).toBe(new Set(told).size);
          expect([...new Set(errors.map(({ code }) => code))].sort()).toEqual([...new Set(told)].sort());
        } else expect(verdict.unknowns.length).toBeGreaterThan(0);
        expect(judged(given).verdict).toEqual(verdict);
      }),
      { numRuns: 400 },
    );
  });

  test('an answer that did not arrive is told, whatever depends on it', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { verdict, findings } = judged(worldOf(world));
        const told = [...verdict.unknowns, ...findings.map(({ summary }) => summary)].join();
        if (world.entry.state === 'ran' && world.lost.length > 0) expect(told).toContain(world.lost[0]);
      }),
      { numRuns: 200 },
    );
  });

  test('a measured failure of a required check is named by a finding, whatever it is', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const { verdict } = judged(worldOf(world));
        expect(verdict.unknowns.filter((line) => line.includes('no finding names it'))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('what a finding explains is the id of a rule', () => {
    const ids = new Set(rules.map(({ id }) => id));
    fc.assert(
      fc.property(worlds, (world) => {
        for (const { explains } of judged(worldOf(world)).findings)
          for (const name of explains) expect(ids.has(name.split('/')[0] ?? '')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
