/** What is told of a Corefile beyond what a plugin refuses: zones, ports, loops, upstreams, releases; and who answers a name. */
import { expect, test } from '@jest/globals';
import { oddityOf } from '../../../src/diagnosis/corefile/address-kinds.ts';
import {
  answererOf,
  type CorefileProblem,
  corefileProblems,
  type ProblemKind,
  parseCorefile,
  readRelease,
  type Surroundings,
  serversOf,
  upstreamsOf,
} from '../../../src/diagnosis/corefile/index.ts';
import { standingOf } from '../../../src/diagnosis/corefile/releases.ts';
import { reverseZonesOf } from '../../../src/diagnosis/corefile/reverse-zones.ts';
import { readTarget } from '../../../src/diagnosis/corefile/targets.ts';
import type { Corefile } from '../../../src/diagnosis/corefile/tree.ts';

const treeOf = (source: string): Corefile => {
  const parsed = parseCorefile(source);
  if (parsed.kind !== 'parsed') throw new Error(JSON.stringify(parsed));
  return parsed.corefile;
};
const told = (kind: ProblemKind, source: string, around: Surroundings = {}): readonly CorefileProblem[] =>
  corefileProblems(source, around).filter((problem) => problem.kind === kind);
const certainty = (problems: readonly CorefileProblem[]): readonly boolean[] =>
  problems.map(({ certain }) => certain);

const KUBERNETES = 'kubernetes cluster.local in-addr.arpa';

test.each([
  ['forwrad . 1.1.1.1', 'forward'],
  ['kubernets cluster.local', 'kubernetes'],
  ['loadblance', 'loadbalance'],
  ['unbound', undefined],
])('a plugin that CoreDNS does not have: %s', (line, nearest) => {
  const [problem, ...more] = told('unknown-plugin', `. {\n${line}\n}`);
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ line: 2, certain: false, effect: 'refuses-to-start' });
  expect(problem?.nearest).toBe(nearest);
});

test('a misspelt property has its nearest', () => {
  expect(told('unknown-property', '. {\nforward . 1.1.1.1 {\n max_fail 3\n}\n}')[0]).toMatchObject({
    line: 3,
    certain: true,
    nearest: 'max_fails',
    plugin: 'forward',
  });
});

test('nothing is said of what a variable or a file that is not seen may be', () => {
  const source = `. {
 {$PLUGIN}
 forward {$ZONE} {$UPSTREAM} {
  {$PROPERTY} 5
  max_fails {$FAILS}
  import more/*
 }
 cache {$TTL} {
  success {$SIZE}
 }
 ${KUBERNETES} {
  pods {$MODE}
 }
}`;
  expect(corefileProblems(source).filter(({ effect }) => effect !== 'none')).toEqual([]);
});

test.each([
  // Known not to have it, known to have it, not known.
  ['kubernetes cluster.local {\n upstream\n}', '1.11.1', '1.6.9', 'told'],
  ['forward . 1.1.1.1 {\n failover SERVFAIL\n}', '1.12.4', '1.13.0', 'told'],
  ['forward . 1.1.1.1\nforward a 2.2.2.2', '1.8.6', '1.9.4', 'old'],
  ['cache {\n servfail 5s\n}', '1.9.3', '1.9.4', 'old'],
  ['cache {\n serve_stale 1h verify 5s\n}', '1.14.6', '1.14.7', 'told'],
  ['forward . https://1.1.1.1', '1.13.1', '1.14.5', 'told'],
  ['ready {\n no_such_thing\n}', '1.14.4', '1.13.1', 'told'],
  ['rewrite rcode a SERVFAIL NXDOMAIN', '1.11.1', '1.11.3', 'told'],
])('%j depends on the release: refused by %s, taken by %s', (text, refusing, taking, unknown) => {
  const refusals = (release?: string): readonly boolean[] =>
    certainty(
      corefileProblems(`. {\n${text}\n}`, release === undefined ? {} : { release }).filter(
        ({ effect }) => effect === 'refuses-to-start',
      ),
    );
  expect(refusals(refusing)).toEqual([true]);
  expect(refusals(taking)).toEqual([]);
  // What all releases of some years have is not told.
  expect(refusals().length > 0).toBe(unknown === 'told');
  expect(refusals()).not.toContain(true);
});

test('releases are read of the tags of images', () => {
  expect(['v1.11.1-eksbuild.4', '1.13.1', 'v1.9.3_custom', 'latest', 'v2', ''].map(readRelease)).toEqual([
    '1.11.1',
    '1.13.1',
    '1.9.3',
    undefined,
    undefined,
    undefined,
  ]);
  expect(standingOf({ from: '1.9.0', before: '1.10.0' }, '1.9.12')).toBe('in-all');
  expect(standingOf({ from: '1.9.0', before: '1.10.0' }, '1.10.0')).toBe('in-none');
});

test.each([
  ['. {\n}\n. {\n}', [true]],
  ['.:53 {\n}\nexample.org:53 tls://. {\n}', []],
  ['.:53 {\n}\n.:53 {\n}', [true]],
  // Which port a key without one has depends on a flag.
  ['. {\n}\n.:53 {\n}', [false]],
  ['.:53 {\n}\n.:54 {\n}', []],
  ['. .', [true]],
  ['tls://. {\n}\n. {\n}', []],
  ['. {\nbind 10.0.0.1\n}\n. {\nbind 10.0.0.2\n}', []],
  ['. {\nbind 10.0.0.1\n}\n. {\nbind 10.0.0.2 10.0.0.1\n}', [true]],
  ['. {\nbind 10.0.0.1\n}\n. {\n}', [true]],
  ['. {\nbind eth0\n}\n. {\nbind 10.0.0.1\n}', []],
  ['. {\nview a\n}\n. {\n}', []],
  ['. {\nimport x/*\n}\n. {\n}', [false]],
  // Capitals made another zone before 1.14.7.
  ['A.example {\n}\na.example {\n}', [false]],
  ['10.0.0.0/24 {\n}\n0.0.10.in-addr.arpa {\n}', [true]],
  ['10.0.0.0/15 {\n}\n10.1.0.0/16 {\n}', [true]],
  ['{$ZONE} {\n}\n. {\n}', []],
])('zones that are there twice: %j', (source, expected) => {
  expect(certainty(told('repeated-zone', source))).toEqual(expected);
});

test.each(['.:99999', 'a..b', 'dns://', '.:', `${'x'.repeat(64)}.org`])('%s is no zone', (key) => {
  expect(told('bad-zone', `${key} {\n}`)).toMatchObject([
    { certain: true, effect: 'refuses-to-start', line: 1 },
  ]);
});

test.each([
  ['. {\nKUBE\n}', {}, []],
  ['. {\nforward . 1.1.1.1\n}', {}, [true]],
  ['. {\nkubernetes cluster.lcoal\n}', {}, [true]],
  ['. {\nkubernetes\n}', {}, [true]],
  ['cluster.local {\nkubernetes\n}\n. {\n}', {}, []],
  ['. {\nKUBE\n}', { clusterDomain: 'corp.internal' }, [true]],
  ['. {\nkubernetes corp.internal\n}', { clusterDomain: 'corp.internal' }, []],
  // NodeLocal DNSCache, and a forward of just that zone: meant to be so.
  ['cluster.local {\nforward . 10.96.0.10\n}\n. {\nforward . 1.1.1.1\n}', {}, []],
  ['. {\nforward cluster.local 10.96.0.10\nforward . 1.1.1.1\n}', {}, []],
  // Anything may come of these.
  ['. {\nimport x/*\n}', {}, [false]],
  ['. {\n}\nimport x/*', {}, [false]],
  ['. {\nrewrite name suffix .cluster.local .corp\n}', {}, [false]],
  ['. {\nmy_own_plugin\n}', {}, [false]],
  ['. {\nhosts {\n}\nforward . 1.1.1.1\n}', {}, [true]],
  ['. {\nkubernetes {$ZONE}\n}', {}, []],
  // Of the port at which the pods are asked.
  ['.:53 {\nKUBE\n}\n.:5353 {\nforward . 1.1.1.1\n}', { port: 5353 }, [true]],
  ['example.org {\n}', {}, [true]],
])('the zone of the cluster: %j %j', (source, around, expected) => {
  const problems = told('missing-kubernetes-zone', source.replace('KUBE', KUBERNETES), around);
  expect(certainty(problems)).toEqual(expected);
});

test.each([
  ['.:53 {\n}', 53, 0],
  ['. {\n}', 53, 0],
  ['.:5353 {\n}', 53, 1],
  ['tls://. {\n}', 53, 1],
  ['', undefined, 1],
  ['{\nlog\n}', undefined, 1],
  ['import x/*', 53, 0],
  ['{$KEY} {\n}', 53, 0],
])('the port: %j asked at %s', (source, port, count) => {
  expect(told('port-not-served', source, port === undefined ? {} : { port })).toHaveLength(count);
});

const SERVICE = { serviceAddresses: ['10.96.0.10'], podAddresses: ['10.244.0.5', 'fd00::5'] };
test.each([
  // As the real CoreDNS 1.13.1 did: `halts` where its plugin loop ended it.
  ['. {\nloop\nforward . 127.0.0.1\n}', {}, ['halts']],
  ['. {\nloop\nforward . 127.0.0.53\n}', {}, ['halts']],
  ['. {\nloop\nforward . ::1\n}', {}, ['halts']],
  ['. {\nloop\nforward . ::ffff:127.0.0.1\n}', {}, ['halts']],
  ['. {\nloop\nforward . 0.0.0.0\n}', {}, ['halts']],
  ['. {\nforward . 127.0.0.1\n}', {}, ['fails-names']],
  ['. {\nloop\nforward . 127.0.0.1:5300\n}', {}, []],
  ['. {\nloop\nforward . 127.0.0.1:5300\n}\n.:5300 {\nforward . 127.0.0.1\n}', {}, ['halts', 'fails-names']],
  ['. {\nloop\nforward . 127.0.0.1:5300\n}\n.:5300 {\nwhoami\n}', {}, []],
  ['. {\nbind 127.0.0.2\nloop\nforward . 127.0.0.1\n}', {}, []],
  ['. {\nbind 127.0.0.1\nloop\nforward . 127.0.0.1\n}', {}, ['halts']],
  ['. {\nloop\nforward example.org 127.0.0.1\n}', {}, ['fails-names']],
  ['example.org {\nloop\nforward org 127.0.0.1\n}', {}, ['halts']],
  ['. {\nloop\nforward . 10.0.0.1\nforward . 127.0.0.1\n}', {}, []],
  ['. {\nloop\nforward . 10.0.0.1 127.0.0.1\n}', {}, ['halts']],
  ['. {\nloop\nforward . tls://127.0.0.1:53\n}', {}, []],
  ['.:1053 {\nloop\nforward . 127.0.0.1:1053\n}', {}, ['halts']],
  // By the Service, and by a pod's own address.
  ['. {\nloop\nforward . 10.96.0.10\n}', SERVICE, ['halts']],
  ['. {\nloop\nforward . 10.96.0.10:54\n}', SERVICE, []],
  ['. {\nloop\nforward . [fd00::5]:53\n}', SERVICE, ['halts']],
  ['.:5353 {\nloop\nforward . 10.96.0.10\n}', { ...SERVICE, port: 5353 }, ['halts']],
  ['. {\nloop\nforward . 10.96.0.11\n}', SERVICE, []],
  // By the nameservers of the pod.
  ['. {\nloop\nforward . /etc/resolv.conf\n}', { resolvers: ['127.0.0.53'] }, ['halts']],
  ['. {\nloop\nforward . /etc/resolv.conf\n}', { resolvers: ['10.0.0.2'] }, []],
  ['. {\nloop\nforward . /etc/resolv.conf\n}', {}, []],
])('loops: %j', (source, around, expected) => {
  const loops = told('loop', source, around);
  expect(loops.map(({ effect }) => effect)).toEqual(expected);
  expect(certainty(loops)).toEqual(expected.map(() => true));
});

test.each([
  ['. {\nloop\nforward . 127.0.0.1\n}', { hostNetwork: true }],
  ['. {\nloop\ntemplate ANY ANY {\n}\nforward . 127.0.0.1\n}', {}],
  ['. {\nloop\nforward . 127.0.0.1\n}\nimport x/*', {}],
])('a loop that may be none: %j %j', (source, around) => {
  expect(certainty(told('loop', source, around))).toEqual([false]);
});

test.each([
  ['(a) {\n}\n. {\nimport a\n}', []],
  ['. {\nimport a\n}\n(a) {\n}', ['undefined-snippet']],
  ['. {\nimport /etc/coredns/a\n}', ['unseen-import']],
  ['import *.server', ['unseen-import']],
])('imports of %j', (source, expected) => {
  const kinds = corefileProblems(source).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'undefined-snippet' || kind === 'unseen-import')).toEqual(expected);
});

const SELF = '(a) {\nimport a\n}\n. {\n}';
test('a snippet that imports itself, and that nobody imports', () => {
  const refused = (release: string): readonly boolean[] => certainty(told('bad-argument', SELF, { release }));
  expect([refused('1.12.4'), refused('1.13.0')]).toEqual([[], [true]]);
});

test('k8s_external needs kubernetes beside it', () => {
  expect(certainty(told('bad-argument', '. {\nk8s_external a.b\n}', { release: '1.13.1' }))).toEqual([true]);
  expect(
    certainty(told('bad-argument', '. {\nimport x/*\nk8s_external a.b\n}', { release: '1.13.1' })),
  ).toEqual([false]);
  expect(told('bad-argument', `. {\n${KUBERNETES}\nk8s_external a.b\n}`, { release: '1.13.1' })).toEqual([]);
});

test.each([
  ['1.1.1.1', { kind: 'address', ip: '1.1.1.1', port: 53, transport: 'dns' }],
  ['1.1.1.1:5353', { kind: 'address', ip: '1.1.1.1', port: 5353, transport: 'dns' }],
  ['dns://1.1.1.1', { kind: 'address', ip: '1.1.1.1', port: 53, transport: 'dns' }],
  ['tls://1.1.1.1', { kind: 'address', ip: '1.1.1.1', port: 853, transport: 'tls' }],
  ['https://1.1.1.1', { kind: 'address', ip: '1.1.1.1', port: 443, transport: 'https' }],
  ['tls://9.9.9.9%dns.quad9.net', { kind: 'address', ip: '9.9.9.9', port: 853, transport: 'tls' }],
  ['2606:4700:4700:0::1111', { kind: 'address', ip: '2606:4700:4700::1111', port: 53, transport: 'dns' }],
  ['[2606:4700:4700::1111]:54', { kind: 'address', ip: '2606:4700:4700::1111', port: 54, transport: 'dns' }],
  ['[::1]', { kind: 'address', ip: '::1', port: 53, bareBrackets: true }],
  ['fe80::1%eth0', { kind: 'address', ip: 'fe80::1', port: 53 }],
  ['1.1.1.1:dns', { kind: 'address', ip: '1.1.1.1', port: undefined }],
  ['/etc/resolv.conf', { kind: 'file', path: '/etc/resolv.conf' }],
  ['./resolv.conf', { kind: 'file', path: './resolv.conf' }],
  ['dns.google', { kind: 'name', name: 'dns.google' }],
  ['tls://dns.google:853', { kind: 'name', name: 'dns.google:853' }],
  ['8.8.8', { kind: 'malformed' }],
  ['8.8.8.300', { kind: 'malformed' }],
  ['1.1.1.1,8.8.8.8', { kind: 'malformed' }],
  ['2001:db8:::1', { kind: 'malformed' }],
  ['tls://', { kind: 'nothing' }],
])('target %s', (word, expected) => {
  expect(readTarget(word)).toMatchObject(expected);
});

test.each([
  ['233.5.5.5', 'multicast'],
  ['224.0.0.251', 'multicast'],
  ['ff02::fb', 'multicast'],
  ['127.0.0.53', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['::', 'unspecified'],
  ['255.255.255.255', 'broadcast'],
  ['240.0.0.1', 'reserved'],
  ['169.254.1.1', 'link-local'],
  ['fe80::1', 'link-local'],
  ['192.0.2.1', 'documentation'],
  ['203.0.113.53', 'documentation'],
  ['2001:db8::53', 'documentation'],
  ['198.18.0.1', 'benchmarking'],
  // Where resolvers are: private ranges, of clouds, of a node, public ones.
  ['10.0.0.2', undefined],
  ['172.20.0.10', undefined],
  ['192.168.1.1', undefined],
  ['100.64.0.1', undefined],
  ['fd00:ec2::253', undefined],
  ['169.254.20.10', undefined],
  ['169.254.169.253', undefined],
  ['169.254.169.254', undefined],
  ['168.63.129.16', undefined],
  ['223.5.5.5', undefined],
  ['8.8.8.8', undefined],
  ['2001:4860:4860::8888', undefined],
  ['no address', undefined],
])('%s is %s', (ip, expected) => {
  expect(oddityOf(ip)).toBe(expected);
});

test('upstreams say who asks whom', () => {
  const upstreams = upstreamsOf(
    treeOf(
      'a b:54 {\nforward Example.org:53 1.1.1.1 "tls://[::1]:854" {$X} {\n except c.example.org\n}\n}\n. {\ngrpc . 1.1.1.1:99999\nforward . 233.5.5.5\n}',
    ),
  );
  expect(upstreams.map(({ block, ...rest }) => rest)).toEqual([
    {
      plugin: 'forward',
      line: 2,
      keys: ['a', 'b:54'],
      from: 'example.org.',
      except: ['c.example.org.'],
      to: { kind: 'address', ip: '1.1.1.1', port: 53, transport: 'dns' },
    },
    {
      plugin: 'forward',
      line: 2,
      keys: ['a', 'b:54'],
      from: 'example.org.',
      except: ['c.example.org.'],
      to: { kind: 'address', ip: '::1', port: 854, transport: 'tls' },
      suspicious: 'loopback',
    },
    {
      plugin: 'forward',
      line: 2,
      keys: ['a', 'b:54'],
      from: 'example.org.',
      except: ['c.example.org.'],
      to: { kind: 'unknown', text: '{$X}' },
    },
    {
      plugin: 'forward',
      line: 8,
      keys: ['.'],
      from: '.',
      except: [],
      to: { kind: 'address', ip: '233.5.5.5', port: 53, transport: 'dns' },
      suspicious: 'multicast',
    },
    {
      plugin: 'grpc',
      line: 7,
      keys: ['.'],
      from: '.',
      except: [],
      to: { kind: 'address', ip: '1.1.1.1', port: 99999, transport: 'dns' },
      suspicious: 'impossible-port',
    },
  ]);
});

const NAMES = `. {
 ${KUBERNETES}
 forward corp.example 10.0.0.1 {
  except public.corp.example
 }
 forward . 10.0.0.2
}
team.example:53 {
 hosts {
 }
 forward . 10.0.0.3
}
.:5353 {
 whoami
}
10.2.0.0/15 {
 forward . 10.0.0.4
}`;
test.each([
  ['www.example.com', 53, '. upstreams 6'],
  ['a.corp.example.', 53, '. upstreams 3'],
  ['a.public.corp.example', 53, '. upstreams 6'],
  ['WEB.Team.Example', 53, 'team.example. upstreams 11'],
  ['notteam.example', 53, '. upstreams 6'],
  ['kubernetes.default.svc.cluster.local', 53, '. kubernetes 2'],
  ['5.0.0.10.in-addr.arpa', 53, '. kubernetes 2'],
  ['5.0.3.10.in-addr.arpa', 53, '3.10.in-addr.arpa. upstreams 17'],
  ['5.0.0.10.in-addr.arpa.', 5353, '. nobody'],
  ['www.example.com', 54, undefined],
])('%s at port %s is answered by %s', (name, port, expected) => {
  const answered = answererOf(serversOf(treeOf(NAMES)), name, port);
  const by = answered?.by;
  const line = by === undefined || by.kind === 'nobody' ? '' : ` ${by.line}`;
  expect(answered && `${answered.zone} ${by?.kind}${line}`).toBe(expected);
});

test('who may answer instead is said', () => {
  const answered = answererOf(serversOf(treeOf(NAMES)), 'a.team.example', 53);
  expect(answered).toMatchObject({ certain: true, mayAnswer: ['hosts'] });
  expect(answererOf(serversOf(treeOf(`${NAMES}\nimport x/*`)), 'a.team.example', 53)?.certain).toBe(false);
});

test.each([
  ['10.0.0.0/24', ['0.0.10.in-addr.arpa.']],
  ['10.0.0.0/8', ['10.in-addr.arpa.']],
  ['10.20.30.40/32', ['40.30.20.10.in-addr.arpa.']],
  ['10.8.0.0/15', ['8.10.in-addr.arpa.', '9.10.in-addr.arpa.']],
  ['10.0.0.0/0', ['in-addr.arpa.']],
  ['2001:db8::/32', ['8.b.d.0.1.0.0.2.ip6.arpa.']],
  ['2001:db8::/31', ['8.b.d.0.1.0.0.2.ip6.arpa.', '9.b.d.0.1.0.0.2.ip6.arpa.']],
  ['example.org', undefined],
])('%s stands for %j', (text, expected) => {
  expect(reverseZonesOf(text)).toEqual(expected);
});
