/** The search list of a pod that cannot resolve the short names of Services, while the full ones resolve. */
import type { Evidence } from '../model/evidence.ts';
import type { FindingDraft } from '../model/rule.ts';
import type { Names } from './names.ts';
import { isServiceDomain, policyWithoutClusterDns, type resolvConfOf } from './nameservers.ts';

/** An error where the pod asks for the search list of the cluster and its resolv.conf has none; else a warning. */
export const searchListDrafts = (
  { cluster, bypass }: Names,
  pod: Evidence['pod'],
  conf: ReturnType<typeof resolvConfOf>,
): readonly FindingDraft[] => {
  if (cluster.state !== 'ok' || bypass !== undefined || !cluster.lookup.question.name.endsWith('.'))
    return [];
  const short = cluster.failed.filter(
    ({ kind, lookup }) => (kind === 'not-found' || kind === 'no-data') && !lookup.question.name.endsWith('.'),
  );
  const [first] = short;
  if (first === undefined) return [];
  const lacking = conf !== undefined && !conf.search.some(isServiceDomain);
  const policy = pod.state === 'known' ? policyWithoutClusterDns(pod.value) : undefined;
  // With the nameservers of the node and no search domain of Services, short names are not meant to resolve.
  if (lacking && policy !== undefined && policy !== 'dnsPolicy None') return [];
  return [
    {
      about: 'search-list',
      severity: lacking && pod.state === 'known' && policy === undefined ? 'error' : 'warning',
      confidence: lacking ? 'certain' : 'likely',
      summary: `Short names of Services do not resolve: ${first.lookup.question.name} is not found through the search list, while ${cluster.lookup.question.name} is answered`,
      evidence: [
        conf === undefined
          ? 'the search list was not read'
          : `search list: ${conf.search.length === 0 ? 'empty' : conf.search.join(' ')}; ndots ${conf.options.ndots}`,
      ],
      next: ['cat /etc/resolv.conf', `nslookup ${first.lookup.question.name}`],
    },
  ];
};
