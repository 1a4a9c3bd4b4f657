/** Access reviews: what may I (or another) do, and who am I. */
import type { Store } from '../../contract.ts';
import { copy, type Loose } from '../json.ts';
import { invalid } from '../status.ts';
import { type Attributes, authorize, grantsOf } from './rbac.ts';
import type { User } from './user.ts';

const attributesOf = (kind: string, spec: Loose): Attributes => {
  const { resourceAttributes, nonResourceAttributes } = spec ?? {};
  if (nonResourceAttributes !== undefined && resourceAttributes === undefined) {
    return { kind: 'path', verb: nonResourceAttributes.verb ?? '', path: nonResourceAttributes.path ?? '' };
  }
  if (resourceAttributes === undefined) {
    const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    throw invalid('authorization.k8s.io', kind, '', [
      { type: 'invalid', field: 'spec.resourceAttributes', value: null, detail },
    ]);
  }
  return {
    kind: 'resource',
    verb: resourceAttributes.verb ?? '',
    group: resourceAttributes.group ?? '',
    resource: resourceAttributes.resource ?? '',
    subresource: resourceAttributes.subresource ?? '',
    namespace: resourceAttributes.namespace || undefined,
    name: resourceAttributes.name || undefined,
  };
};

/** Empty strings do not survive Go's omitempty. */
const withoutEmpty = (attributes: Loose): Loose =>
  attributes === undefined
    ? undefined
    : Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));

const accessReview = (store: Store, kind: string, subject: User, body: Loose): Loose => {
  const decision = authorize(store, subject, attributesOf(kind, body.spec));
  const { resourceAttributes, nonResourceAttributes, ...rest } = body.spec;
  return {
    spec: copy({
      ...rest,
      resourceAttributes: withoutEmpty(resourceAttributes),
      nonResourceAttributes: withoutEmpty(nonResourceAttributes),
    }),
    status: { allowed: decision.allowed, ...(decision.reason === '' ? {} : { reason: decision.reason }) },
  };
};

const rulesReview = (store: Store, user: User, body: Loose): Loose => {
  const rules = grantsOf(store, user, body.spec?.namespace).flatMap((grant) => grant.rules);
  // Members of the privileged group are let through by an authorizer that has no rules to show but "all".
  const all = user.groups.includes('system:masters')
    ? [
        { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
        { verbs: ['*'], nonResourceURLs: ['*'] },
      ]
    : [];
  const every: readonly Loose[] = [...all, ...rules];
  return {
    spec: {},
    status: {
      resourceRules: every.filter((rule) => rule.resources !== undefined).map(copy),
      nonResourceRules: every
        .filter((rule) => rule.nonResourceURLs !== undefined)
        .map((rule) => ({ verbs: rule.verbs, nonResourceURLs: rule.nonResourceURLs })),
      incomplete: false,
    },
  };
};

const subjectOf = (spec: Loose): User => ({ name: spec?.user ?? '', groups: spec?.groups ?? [] });

/** The answer to a POST of one of the review kinds: spec and status. */
export const review = (store: Store, kind: string, user: User, body: Loose): Loose => {
  switch (kind) {
    case 'SelfSubjectAccessReview':
      return accessReview(store, kind, user, body);
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview':
      return accessReview(store, kind, subjectOf(body.spec), body);
    case 'SelfSubjectRulesReview':
      return rulesReview(store, user, body);
    case 'SelfSubjectReview':
      return {
        status: {
          userInfo: { username: user.name, uid: user.uid, groups: user.groups, extra: user.extra },
        },
      };
    default:
      throw new Error(`no such review: ${kind}`);
  }
};
