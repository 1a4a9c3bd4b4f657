/** RBAC: which right is missing, the Role that would grant it, and whom to ask. */
import { applied, type Expected, type Gate, NAMESPACE, podObject } from '../gate.ts';

type Rules = NonNullable<Gate['rights']>;

const core = (resource: string, ...verbs: readonly string[]) => ({
  apiGroups: [''],
  resources: [resource],
  verbs,
});
const GET_POD = core('pods', 'get');
const PATCH = core('pods/ephemeralcontainers', 'patch');
const GET_LOG = core('pods/log', 'get');

const CAN_PATCH = `kubectl auth can-i patch pods --subresource=ephemeralcontainers -n ${NAMESPACE}`;
const CAN_LOG = `kubectl auth can-i get pods --subresource=log -n ${NAMESPACE}`;
const CAN_GET = `kubectl auth can-i get pods -n ${NAMESPACE}`;
const ASK = 'ask whoever administers namespace shop';

const denied = (expected: Pick<Expected, 'says' | 'next' | 'mend' | 'not'>): Expected => ({
  status: 'inconclusive',
  exit: 4,
  codes: ['NC1101'],
  entry: 'not-attempted',
  ...expected,
  says: [ASK, 'nothing was changed', ...(expected.says ?? [])],
});
const rule = (resource: string, verb: string) => `resources: ["${resource}"]\n  verbs: ["${verb}"]`;

const WELL: Expected = { status: 'healthy', exit: 0, codes: [], entry: 'ran' };
const MINIMAL: Rules = [GET_POD, PATCH, GET_LOG];

export const rights: readonly Gate[] = [
  {
    name: 'no patch on pods/ephemeralcontainers',
    rights: [GET_POD, GET_LOG],
    expect: denied({
      says: ['patch pods/ephemeralcontainers in namespace shop', 'view, edit and admin'],
      next: [CAN_PATCH],
      mend: [
        'kind: Role\n',
        rule('pods/ephemeralcontainers', 'patch'),
        'kind: RoleBinding',
        `namespace: ${NAMESPACE}`,
      ],
      not: ['get pods/log'],
    }),
  },
  {
    name: 'no get on pods/log',
    rights: [GET_POD, PATCH],
    expect: denied({
      says: ['get pods/log in namespace shop'],
      next: [CAN_LOG],
      mend: [rule('pods/log', 'get')],
      not: ['patch pods/ephemeralcontainers in', 'view, edit and admin'],
    }),
  },
  {
    name: 'no get on pods',
    rights: [PATCH, GET_LOG],
    expect: denied({ says: ['get pods in namespace shop'], next: [CAN_GET], mend: [rule('pods', 'get')] }),
  },
  {
    name: 'no right at all: the user is named in the RoleBinding',
    rights: [],
    expect: denied({
      says: ['User "dev"'],
      next: [CAN_GET, CAN_PATCH, CAN_LOG],
      mend: [
        rule('pods', 'get'),
        rule('pods/ephemeralcontainers', 'patch'),
        rule('pods/log', 'get'),
        'kind: User\n  name: "dev"',
      ],
    }),
  },
  {
    name: 'the role `view`, with get alone on everything',
    rights: [core('*', 'get')],
    expect: denied({ says: ['patch pods/ephemeralcontainers'], next: [CAN_PATCH], not: ['get pods/log in'] }),
  },
  {
    name: 'impersonated: --as a user without rights',
    args: ['--as', 'jane'],
    expect: denied({
      says: ['User "jane"', '--as'],
      next: [CAN_PATCH],
      mend: ['kind: User\n  name: "jane"'],
    }),
  },
  {
    name: 'impersonated: --as a ServiceAccount',
    args: ['--as', 'system:serviceaccount:shop:default'],
    expect: denied({ mend: ['- kind: ServiceAccount\n  name: default\n  namespace: shop'] }),
  },
  {
    name: 'impersonation itself is not permitted',
    rights: MINIMAL,
    args: ['--as', 'jane'],
    error: { exit: 1, says: 'may not act as somebody else (--as' },
  },
  {
    name: 'a right for another pod alone (resourceNames)',
    rights: [GET_POD, { ...PATCH, resourceNames: ['other'] }, GET_LOG],
    expect: denied({ says: ['patch pods/ephemeralcontainers'], next: [CAN_PATCH] }),
  },
  {
    name: 'a right for this pod alone (resourceNames)',
    nearMiss: true,
    rights: [GET_POD, { ...PATCH, resourceNames: ['client'] }, { ...GET_LOG, resourceNames: ['client'] }],
    expect: WELL,
  },
  { name: 'the least that is needed', nearMiss: true, rights: MINIMAL, expect: WELL },
  {
    name: 'a role that grants pods/*, which RBAC does not know',
    rights: [GET_POD, core('pods/*', '*')],
    expect: denied({ says: ['patch pods/ephemeralcontainers'], next: [CAN_PATCH] }),
  },
  {
    name: 'a role that grants */ephemeralcontainers and */log',
    nearMiss: true,
    rights: [GET_POD, core('*/ephemeralcontainers', 'patch'), core('*/log', 'get')],
    expect: WELL,
  },
  {
    name: 'the right goes between look and PATCH: told by the 403 itself',
    rights: MINIMAL,
    steps: [applied(podObject('unused'))],
    arrange: (cluster) => {
      cluster.api.faults.add({
        on: { subresource: 'ephemeralcontainers' },
        action: {
          kind: 'meanwhile',
          happens: () => {
            cluster.store.delete('rolebindings', NAMESPACE, 'dev');
          },
        },
      });
    },
    expect: {
      status: 'inconclusive',
      exit: 4,
      codes: ['NC1101'],
      entry: 'refused',
      says: ['User "dev" cannot patch resource "pods/ephemeralcontainers"', ASK],
      next: [CAN_PATCH],
      mend: [rule('pods/ephemeralcontainers', 'patch'), 'kind: User\n  name: "dev"'],
    },
  },
];
