/** What the API offers: versions, groups, resources; plain, and aggregated as kubectl asks for it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Loose } from './json.ts';
import { GROUP_VERSIONS, groupVersionOf, parseGroupVersion, RESOURCES, type Resource } from './resources.ts';
import { acceptedForm, sendJson } from './wire.ts';

export const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: '$Format:%H$',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.26.10',
  compiler: 'gc',
  platform: 'linux/amd64',
};

const STORED_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const verbsOf = (resource: Resource): readonly string[] => {
  if (!resource.stored) return ['create'];
  // Namespaces cannot be deleted by the dozen.
  return resource.plural === 'namespaces'
    ? STORED_VERBS.filter((verb) => verb !== 'deletecollection')
    : STORED_VERBS;
};

const NAMED_GROUPS = GROUP_VERSIONS.map(parseGroupVersion).filter(({ group }) => group !== '');
const inGroupVersion = (groupVersion: string) =>
  RESOURCES.filter((resource) => groupVersionOf(resource) === groupVersion);

const plainResources = (resource: Resource): readonly Loose[] => [
  {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: verbsOf(resource),
    ...(resource.shortNames.length === 0 ? {} : { shortNames: resource.shortNames }),
    ...(resource.categories.length === 0 ? {} : { categories: resource.categories }),
  },
  ...resource.subresources.map((sub) => ({
    name: `${resource.plural}/${sub.name}`,
    singularName: '',
    namespaced: resource.namespaced,
    ...(sub.group === undefined ? {} : { group: sub.group, version: sub.version }),
    kind: sub.kind,
    verbs: sub.verbs,
  })),
];

const group = ({ group: name, version }: { readonly group: string; readonly version: string }): Loose => {
  const one = { groupVersion: `${name}/${version}`, version };
  return { name, versions: [one], preferredVersion: one };
};

const aggregatedResource = (resource: Resource): Loose => ({
  resource: resource.plural,
  responseKind: { group: resource.group, version: resource.version, kind: resource.kind },
  scope: resource.namespaced ? 'Namespaced' : 'Cluster',
  singularResource: resource.singular,
  verbs: verbsOf(resource),
  shortNames: resource.shortNames,
  categories: resource.categories,
  subresources: resource.subresources.map((sub) => ({
    subresource: sub.name,
    responseKind: {
      group: sub.group ?? resource.group,
      version: sub.version ?? resource.version,
      kind: sub.kind,
    },
    verbs: sub.verbs,
  })),
});

const aggregated = (
  groupVersions: readonly { group: string; version: string }[],
  version: string,
): Loose => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: `apidiscovery.k8s.io/${version}`,
  metadata: {},
  items: groupVersions.map(({ group: name, version: own }) => ({
    metadata: name === '' ? {} : { name },
    versions: [
      {
        version: own,
        resources: inGroupVersion(groupVersionOf({ group: name, version: own })).map(aggregatedResource),
        freshness: 'Current',
      },
    ],
  })),
});

const documents = new Map<string, Loose>([
  ['/version', VERSION],
  ['/version/', VERSION],
  [
    '/api',
    {
      kind: 'APIVersions',
      versions: ['v1'],
      serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '10.250.0.1:6443' }],
    },
  ],
  ['/apis', { kind: 'APIGroupList', apiVersion: 'v1', groups: NAMED_GROUPS.map(group) }],
  ...NAMED_GROUPS.map((one): [string, Loose] => [
    `/apis/${one.group}`,
    { kind: 'APIGroup', apiVersion: 'v1', ...group(one) },
  ]),
  ...GROUP_VERSIONS.map((groupVersion): [string, Loose] => [
    groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`,
    {
      kind: 'APIResourceList',
      ...(groupVersion === 'v1' ? {} : { apiVersion: 'v1' }),
      groupVersion,
      resources: inGroupVersion(groupVersion).flatMap(plainResources),
    },
  ]),
]);

const AGGREGATED: Readonly<Record<string, readonly { group: string; version: string }[]>> = {
  '/api': [{ group: '', version: 'v1' }],
  '/apis': NAMED_GROUPS,
};

/** Answers discovery; false when the path is none of its. */
export const answerDiscovery = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): boolean => {
  const trimmed = path === '/version/' ? path : path.replace(/(.)\/$/, '$1');
  const both = AGGREGATED[trimmed];
  const form = both === undefined ? undefined : acceptedForm(request, ['APIGroupDiscoveryList']);
  if (both !== undefined && form?.as !== undefined) {
    const version = form.version ?? 'v2';
    const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
    sendJson(response, 200, aggregated(both, version), { 'Content-Type': type });
    return true;
  }
  const document = documents.get(trimmed);
  if (document === undefined) return false;
  sendJson(response, 200, document);
  return true;
};
