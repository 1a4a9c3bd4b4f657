import type { Evidence } from '../../model/evidence.ts';
import { defineRule } from '../../model/rule.ts';
import { refusalOf } from '../refusal.ts';
import { canI, rightText, roleFor } from '../rights.ts';
import { listed } from '../wording.ts';

/** What a user with few rights may not read, either: the server's answers say who that is. */
const TELLING = ['pod', 'node', 'dnsService', 'apiService', 'networkPolicies', 'podEvents'] as const;

const userIn = (evidence: Pick<Evidence, (typeof TELLING)[number]>): string | undefined =>
  TELLING.flatMap((key) => {
    const item = evidence[key];
    return item.state === 'forbidden' ? (item.right.user ?? []) : [];
  })[0];

export default defineRule({
  id: 'access-denied',
  code: 'NC1101',
  layer: 'target',
  role: 'cause',
  severity: 'warning',
  needs: [],
  uses: TELLING,
  probes: [],
  evaluate: ({ target, entry, maybe }) => {
    const refusal = refusalOf(entry, 'access');
    const denied = entry.state === 'not-attempted' && entry.why === 'access-denied';
    if (!denied && refusal === undefined) return [];
    const rights = denied ? (entry.missing ?? []) : refusal?.right === undefined ? [] : [refusal.right];
    const user = rights.find((right) => right.user !== undefined)?.user ?? userIn(maybe);
    const here = rights.filter(({ namespace }) => namespace !== undefined);
    const impersonates = rights.some(({ verb }) => verb === 'impersonate');
    return [
      {
        confidence: 'certain',
        summary: `You are not permitted to ${rights.length === 0 ? 'add an ephemeral container' : listed(rights.map(rightText))}`,
        evidence: [
          ...(denied
            ? ['told by the API server beforehand; nothing was changed']
            : entry.state === 'refused'
              ? [entry.message]
              : []),
          ...(user === undefined
            ? []
            : [
                `the API server knows you as User ${JSON.stringify(user)} (give --as below, too, if that is by --as)`,
              ]),
          ...(rights.some(({ resource }) => resource === 'pods/ephemeralcontainers')
            ? ['the default roles view, edit and admin do not include pods/ephemeralcontainers']
            : []),
          impersonates
            ? 'to act as somebody else (--as) is a right of its own: ask whoever administers the cluster, or leave --as out'
            : `ask whoever administers namespace ${target.namespace} to apply the Role and RoleBinding below (docs/rbac/minimal.yaml: all that a run needs)`,
        ],
        next: [...rights.map(canI), 'kubectl auth whoami'],
        mend: here.length === 0 ? undefined : roleFor(here, target.namespace, user),
      },
    ];
  },
});
