/** What stands in resolv.conf, as kubelets, nodes and people write it. */
import { at, type Scenario, SEARCH } from './scenario.ts';

interface Written {
  readonly text: string;
  readonly nameservers: string;
  readonly search?: string;
  /** ndots, timeout, attempts. */
  readonly options?: string;
  readonly others?: string;
}

const CLUSTER_DOMAINS = 'shop.svc.cluster.local svc.cluster.local cluster.local';
/** As many as the API takes, each of a length that real ones have. */
const MANY_DOMAINS = Array.from({ length: 32 }, (_, index) => `team-${index}.department.example.com`).join(
  ' ',
);

const FILES: Readonly<Record<string, Written>> = {
  'cluster-first': {
    text: `${SEARCH}${at('10.96.0.10')}`,
    nameservers: '10.96.0.10',
    search: CLUSTER_DOMAINS,
    options: '5 5 2',
    others: '',
  },
  'node-local': {
    text: `nameserver 169.254.20.10\n${SEARCH}`,
    nameservers: '169.254.20.10',
    search: CLUSTER_DOMAINS,
    options: '5 5 2',
  },
  'ipv6-only': { text: `${SEARCH}${at('fd00:10:96::a')}`, nameservers: 'fd00:10:96::a', options: '5 5 2' },
  'dual-stack': {
    text: `${SEARCH}${at('10.96.0.10')}${at('fd00:10:96::a')}`,
    nameservers: '10.96.0.10 fd00:10:96::a',
  },
  // dnsPolicy: Default on a node with systemd-resolved and --resolv-conf not set.
  'stub-resolver': {
    text: `# This is /run/systemd/resolve/stub-resolv.conf managed by man:systemd-resolved(8).\n#\n${at('127.0.0.53')}options edns0 trust-ad\nsearch .\n`,
    nameservers: '127.0.0.53',
    search: '.',
    options: '1 5 2',
    others: 'edns0 trust-ad',
  },
  'cloud-node': {
    text: `search eu-central-1.compute.internal\n${at('10.0.0.2')}options timeout:2 attempts:5\n`,
    nameservers: '10.0.0.2',
    search: 'eu-central-1.compute.internal',
    options: '1 2 5',
  },
  // dnsPolicy: None.
  'policy-none': {
    text: `search example.com\n${at('203.0.113.53')}options ndots:2 single-request-reopen use-vc\n`,
    nameservers: '203.0.113.53',
    search: 'example.com',
    options: '2 5 2',
    others: 'single-request-reopen use-vc',
  },
  'all-options': {
    text: `${at('10.96.0.10')}options ndots:5 timeout:1 attempts:3 rotate no-check-names inet6 edns0 single-request single-request-reopen no-tld-query use-vc no-reload trust-ad no-aaaa debug\n`,
    nameservers: '10.96.0.10',
    options: '5 1 3',
    others:
      'rotate no-check-names inet6 edns0 single-request single-request-reopen no-tld-query use-vc no-reload trust-ad no-aaaa debug',
  },
  'options-add-up': {
    text: `${at('10.96.0.10')}options ndots:2 rotate\noptions ndots:5\noptions timeout:1 rotate\n`,
    nameservers: '10.96.0.10',
    options: '5 1 2',
    others: 'rotate',
  },
  'several-with-comments': {
    text: '# made by hand\nnameserver 10.96.0.10\nnameserver   2001:db8::53 # second\nnameserver fe80::1%eth0\ndomain example.com\nsearch a.example.com b.example.com\noptions timeout:3 attempts:4 rotate edns0 trust-ad\nsortlist 10.0.0.0\n',
    nameservers: '10.96.0.10 2001:db8::53 fe80::1%eth0',
    search: 'a.example.com b.example.com',
    options: '1 3 4',
    others: 'rotate edns0 trust-ad',
  },
  'four-nameservers': {
    text: ['10.96.0.10', '10.96.0.11', '10.96.0.12', '10.96.0.13'].map(at).join(''),
    nameservers: '10.96.0.10 10.96.0.11 10.96.0.12',
  },
  'nameserver-is-a-name': {
    text: `${at('dns.example.com')}${at('10.96.0.10')}`,
    nameservers: '10.96.0.10',
  },
  'two-on-one-line': { text: 'nameserver 10.96.0.10 10.96.0.11\n', nameservers: '10.96.0.10' },
  tabs: {
    text: 'nameserver\t10.96.0.10\nsearch\ta.example.com\tb.example.com\t\noptions\tndots:3\trotate\n',
    nameservers: '10.96.0.10',
    search: 'a.example.com b.example.com',
    options: '3 5 2',
    others: 'rotate',
  },
  // A keyword that does not begin its line is none.
  indented: {
    text: ` ${at('10.96.0.11')}${at('10.96.0.10')}\toptions ndots:9\n ; a remark\n`,
    nameservers: '10.96.0.10',
    options: '1 5 2',
  },
  'domain-alone': {
    text: `domain example.com other.example.com\n${at('10.96.0.10')}`,
    nameservers: '10.96.0.10',
    search: 'example.com',
  },
  'search-then-domain': {
    text: `search a.example.com b.example.com\ndomain example.com\n${at('10.96.0.10')}`,
    nameservers: '10.96.0.10',
    search: 'example.com',
  },
  // Only at the beginning of a line does a hash make a comment.
  'search-with-remark': {
    text: `search a.example.com # ours\n${at('10.96.0.10')}`,
    nameservers: '10.96.0.10',
    search: 'a.example.com # ours',
  },
  'many-domains': {
    text: `search ${MANY_DOMAINS}\n${at('10.96.0.10')}options ndots:5\n`,
    nameservers: '10.96.0.10',
    search: MANY_DOMAINS,
  },
  'ndots-zero': { text: `${at('10.96.0.10')}options ndots:0\n`, nameservers: '10.96.0.10', options: '0 5 2' },
  'no-final-newline': {
    text: `${at('10.96.0.10')}options ndots:5`,
    nameservers: '10.96.0.10',
    options: '5 5 2',
  },
  'blank-lines': {
    text: `\n\n${at('10.96.0.10')}\n   \nsearch example.com\n\n`,
    nameservers: '10.96.0.10',
    search: 'example.com',
  },
  empty: { text: '', nameservers: '', search: '', options: '1 5 2' },
  'comments-alone': { text: '# nothing here\n; nor here\n', nameservers: '' },
};

export const resolvConf: readonly Scenario[] = Object.entries(FILES).map(([name, { text, ...truth }]) => ({
  name,
  probe: 'resolv-conf',
  question: {},
  truth: { k: 'resolv-conf', ...truth },
  resolvConf: text,
  busybox: name === 'cluster-first' || name === 'no-final-newline',
}));
