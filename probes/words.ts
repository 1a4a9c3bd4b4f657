/**
 * The words of `--only` and `--skip`: a probe's id, or what is asked about. In a file of their own, because reading argv must not
 * load the suite; a test holds them against it.
 */
export const SUITE_WORDS = [
  'dns',
  'interface',
  'resolv-conf',
  'listeners',
  'tool-versions',
  'gateway',
  'node',
  'dns-lookup',
  'dns-query',
  'cluster-name',
  'external-name',
  'reverse-name',
  'nameserver',
  'tcp-connect',
  'udp-exchange',
  'http-get',
  'icmp-echo',
  'path-mtu',
  'kubernetes-api',
  'internet',
  'app-proxy',
  'destination',
  'destination-endpoint',
] as const;
export type SuiteWord = (typeof SUITE_WORDS)[number];
