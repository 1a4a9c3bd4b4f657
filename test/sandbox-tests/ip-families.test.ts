/** Which families and addresses a Service gets, as a real API server decides it. */
import { expect, test } from '@jest/globals';
import { allocateService } from '../sandbox/api/allocation/service.ts';
import { createStore } from '../sandbox/api/index.ts';
import { ApiError } from '../sandbox/api/status.ts';
import type { IpFamily } from '../sandbox/families.ts';
import { bytesOf, reverseName } from '../sandbox/ip-bytes.ts';

const IPV4: readonly IpFamily[] = ['IPv4'];
const IPV6: readonly IpFamily[] = ['IPv6'];
const DUAL: readonly IpFamily[] = ['IPv4', 'IPv6'];
const SELECTOR = { selector: { app: 'web' } };

interface Spec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly selector?: object;
}

const service = (spec: Spec) => ({
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ...structuredClone(spec) },
});

/** The part of the spec that allocation decides, or the API server's refusal. */
const allocated = (cluster: readonly IpFamily[], spec: Spec, before?: Spec): Spec | string => {
  const object = service(spec);
  try {
    allocateService(createStore(), cluster, object, before === undefined ? undefined : service(before));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.message;
  }
  const { selector, type, ...decided } = object.spec;
  return decided;
};

const FOUR = '10.96.1.0';
const SIX = 'fd00:10:96::100';
const single = (ip: string, family: IpFamily): Spec => ({
  clusterIP: ip,
  clusterIPs: [ip],
  ipFamilies: [family],
  ipFamilyPolicy: 'SingleStack',
});
const both = (ipFamilyPolicy: string): Spec => ({
  clusterIP: FOUR,
  clusterIPs: [FOUR, SIX],
  ipFamilies: ['IPv4', 'IPv6'],
  ipFamilyPolicy,
});

test.each<[string, readonly IpFamily[], Spec, Spec]>([
  ['nothing said, IPv4 cluster', IPV4, SELECTOR, single(FOUR, 'IPv4')],
  ['nothing said, IPv6 cluster', IPV6, SELECTOR, single(SIX, 'IPv6')],
  ['nothing said, dual-stack cluster: one, the first', DUAL, SELECTOR, single(FOUR, 'IPv4')],
  ['the other family asked for', DUAL, { ...SELECTOR, ipFamilies: ['IPv6'] }, single(SIX, 'IPv6')],
  [
    'the other family by its address',
    DUAL,
    { ...SELECTOR, clusterIP: 'fd00:10:96::7' },
    single('fd00:10:96::7', 'IPv6'),
  ],
  ['preferred, and there', DUAL, { ...SELECTOR, ipFamilyPolicy: 'PreferDualStack' }, both('PreferDualStack')],
  [
    'preferred, and not there',
    IPV4,
    { ...SELECTOR, ipFamilyPolicy: 'PreferDualStack' },
    { ...single(FOUR, 'IPv4'), ipFamilyPolicy: 'PreferDualStack' },
  ],
  [
    'required, in the order that was asked for',
    DUAL,
    { ...SELECTOR, ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv6', 'IPv4'] },
    {
      clusterIP: SIX,
      clusterIPs: [SIX, FOUR],
      ipFamilies: ['IPv6', 'IPv4'],
      ipFamilyPolicy: 'RequireDualStack',
    },
  ],
  [
    'headless: as any other',
    IPV6,
    { ...SELECTOR, clusterIP: 'None' },
    { clusterIP: 'None', clusterIPs: ['None'], ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' },
  ],
  [
    'headless without selector: both, whatever the cluster has',
    IPV4,
    { clusterIP: 'None' },
    {
      clusterIP: 'None',
      clusterIPs: ['None'],
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
    },
  ],
  ['ExternalName: none', DUAL, { type: 'ExternalName' }, {}],
])('%s', (_title, cluster, spec, expected) => {
  expect(allocated(cluster, spec)).toEqual(expected);
});

test.each<[string, readonly IpFamily[], Spec, RegExp]>([
  [
    'required on one stack',
    IPV4,
    { ...SELECTOR, ipFamilyPolicy: 'RequireDualStack' },
    /spec\.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services$/,
  ],
  [
    'a family that the cluster has not',
    IPV4,
    { ...SELECTOR, ipFamilies: ['IPv6'] },
    /spec\.ipFamilies\[0\]: Invalid value: "IPv6": not configured on this cluster$/,
  ],
  [
    'an address of such a family',
    IPV4,
    { ...SELECTOR, clusterIP: 'fd00:10:96::7' },
    /spec\.clusterIPs\[0\]: .*: IPv6 is not configured on this cluster$/,
  ],
  [
    'two families and one stack',
    DUAL,
    { ...SELECTOR, ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4', 'IPv6'] },
    /must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified$/,
  ],
  [
    'an address of the wrong family',
    DUAL,
    { ...SELECTOR, clusterIP: '10.96.0.7', ipFamilies: ['IPv6'] },
    /spec\.clusterIPs\[0\]: Invalid value: "10\.96\.0\.7": expected an IPv6 value as indicated by `ipFamilies\[0\]`$/,
  ],
  [
    'no such policy',
    DUAL,
    { ...SELECTOR, ipFamilyPolicy: 'Dual' },
    /spec\.ipFamilyPolicy: Unsupported value: "Dual": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"$/,
  ],
])('refused: %s', (_title, cluster, spec, expected) => {
  expect(allocated(cluster, spec)).toMatch(expected);
});

const BEFORE: Spec = { ...SELECTOR, ...single(FOUR, 'IPv4') };
test.each<[string, Spec, Spec, Spec | RegExp]>([
  [
    'another stack is added',
    BEFORE,
    { ...BEFORE, ipFamilyPolicy: 'PreferDualStack' },
    both('PreferDualStack'),
  ],
  [
    'and taken away again',
    { ...SELECTOR, ...both('PreferDualStack') },
    { ...SELECTOR, ...both('PreferDualStack'), ipFamilyPolicy: 'SingleStack' },
    single(FOUR, 'IPv4'),
  ],
  [
    'what is left out stays',
    { ...SELECTOR, ...both('RequireDualStack') },
    SELECTOR,
    both('RequireDualStack'),
  ],
  ['the address stays', BEFORE, { ...BEFORE, clusterIP: '10.96.0.9' }, /may not change once set$/],
  ['ExternalName gives its address back', BEFORE, { ...BEFORE, type: 'ExternalName' }, {}],
])('an update: %s', (_title, before, spec, expected) => {
  const found = allocated(DUAL, spec, before);
  if (expected instanceof RegExp) expect(found).toMatch(expected);
  else expect(found).toEqual(expected);
});

test('an address is given once', () => {
  const store = createStore();
  const create = (name: string, spec: Spec) => {
    const object = { ...service(spec), apiVersion: 'v1', metadata: { name, namespace: 'shop' } };
    allocateService(store, DUAL, object);
    return store.create('services', object).spec;
  };
  const dual = { ...SELECTOR, ipFamilyPolicy: 'RequireDualStack' };
  expect(create('a', dual).clusterIPs).toEqual([FOUR, SIX]);
  expect(create('b', dual).clusterIPs).toEqual(['10.96.1.1', 'fd00:10:96::101']);
  expect(() => create('c', { ...SELECTOR, clusterIP: SIX })).toThrow('provided IP is already allocated');
});

test('addresses as bytes, and as names of reverse lookups', () => {
  expect(bytesOf('10.96.0.1').toString('hex')).toBe('0a600001');
  expect(bytesOf('fd00:10:96::a').toString('hex')).toBe('fd00001000960000000000000000000a');
  expect(bytesOf('::1').toString('hex')).toBe('00000000000000000000000000000001');
  expect(bytesOf('fd00:1:2:3:4:5:6:7').toString('hex')).toBe('fd000001000200030004000500060007');
  expect(reverseName('10.96.0.1')).toBe('1.0.96.10.in-addr.arpa');
  expect(reverseName('fd00:10:96::a')).toBe(
    'a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.9.0.0.0.1.0.0.0.0.d.f.ip6.arpa',
  );
});
