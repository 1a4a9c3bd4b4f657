/**
 * Every flag, once: the parser, the help text and the check of which command takes what are all read from this table.
 * It imports nothing heavy, so that `--help` costs no more than Node itself.
 */

import type { CommandName, Flag } from './flag.ts';

export { type CommandName, FLAG_GROUPS, type Flag } from './flag.ts';

const ALL: readonly CommandName[] = ['check', 'judge', 'explain', 'codes'];
const JUDGING: readonly CommandName[] = ['check', 'judge'];
const CHECK: readonly CommandName[] = ['check'];

const output: readonly Flag[] = [
  {
    name: 'output',
    short: 'o',
    takes: 'value',
    value: 'FORM',
    choices: ['text', 'json', 'yaml'],
    group: 'Output',
    help: 'form of the report on stdout: text (the default), json, yaml',
    of: ALL,
  },
  {
    name: 'report',
    takes: 'list',
    value: 'FORM=FILE',
    group: 'Output',
    help: 'write the report to a file as well: json, yaml, junit, markdown, html, github (annotations of GitHub Actions); may be repeated',
    of: JUDGING,
  },
  {
    name: 'fail-on',
    takes: 'value',
    value: 'LEVEL',
    choices: ['error', 'warning', 'never'],
    group: 'Output',
    help: 'exit with 3 for findings at or above this level: error (the default), warning, never',
    of: JUDGING,
  },
  {
    name: 'save',
    takes: 'value',
    value: 'FILE',
    group: 'Output',
    help: 'write the case: all that was gathered, to judge again or to send with a bug report',
    of: CHECK,
  },
  {
    name: 'color',
    takes: 'value',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    group: 'Output',
    help: 'auto (the default: on a terminal, unless NO_COLOR is set), always, never',
    of: ALL,
  },
  {
    name: 'verbose',
    short: 'v',
    takes: 'count',
    group: 'Output',
    help: 'also show each check, each answer, and how it was seen',
    of: JUDGING,
  },
];

const probing: readonly Flag[] = [
  {
    name: 'to',
    takes: 'value',
    value: 'DESTINATION',
    group: 'Probing',
    help: 'can the pod reach this? svc/NAME[.NAMESPACE][:PORT], pod/NAME[:PORT], ingress/NAME, HOST:PORT, IP:PORT or a URL',
    of: CHECK,
  },
  {
    name: 'internet',
    takes: 'list',
    value: 'TARGET',
    group: 'Probing',
    help: 'try this URL, IP or HOST[:PORT] in place of the defaults; may be repeated',
    of: CHECK,
  },
  {
    name: 'no-internet',
    takes: 'switch',
    group: 'Probing',
    help: 'contact nothing outside the cluster, and do not expect to',
    of: CHECK,
  },
  {
    name: 'allow-metadata',
    takes: 'switch',
    group: 'Probing',
    help: "let --to and --internet name a cloud's metadata service, which hands out credentials",
    of: CHECK,
  },
  {
    name: 'only',
    takes: 'list',
    value: 'PROBE',
    group: 'Probing',
    help: 'ask only this, such as dns-lookup or internet; may be repeated, or a list with commas',
    of: CHECK,
  },
  {
    name: 'skip',
    takes: 'list',
    value: 'PROBE',
    group: 'Probing',
    help: 'leave this out; may be repeated, or a list with commas',
    of: CHECK,
  },
  {
    name: 'timeout',
    takes: 'value',
    value: 'DURATION',
    group: 'Probing',
    help: 'for the whole run, such as 45s or 1m30s (default 1m)',
    of: CHECK,
  },
  {
    name: 'probe-timeout',
    takes: 'value',
    value: 'DURATION',
    group: 'Probing',
    help: 'how long each probe waits for an answer, 1s to 30s (default: 1s to 3s, by probe)',
    of: CHECK,
  },
  {
    name: 'dry-run',
    takes: 'optional-value',
    value: 'client|server',
    choices: ['none', 'client', 'server'],
    alone: 'client',
    group: 'Probing',
    help: 'change nothing: show the plan and the container that would be added; server: have the API server check it too',
    of: CHECK,
  },
];

const gettingIn: readonly Flag[] = [
  {
    name: 'via',
    takes: 'value',
    value: 'WAY',
    choices: ['auto', 'ephemeral', 'exec', 'jump', 'sidecar'],
    group: 'Getting in',
    help: 'ephemeral: a container in the pod; exec: tools that the pod has; jump: a look-alike pod on its node; sidecar: a container in its workload; auto (the default): the first of the first three that is open',
    of: CHECK,
  },
  {
    name: 'profile',
    takes: 'value',
    value: 'PROFILE',
    choices: ['restricted', 'baseline', 'netadmin'],
    group: 'Getting in',
    help: 'what the debug container may do: restricted (the default), baseline (as the image is), netadmin (root with NET_ADMIN and NET_RAW)',
    of: CHECK,
  },
  {
    name: 'keep',
    takes: 'value',
    value: 'DURATION',
    group: 'Getting in',
    help: 'let the debug container stay so long, such as 10m: the next run uses it again, and so can you (kubectl exec)',
    of: CHECK,
  },
  {
    name: 'container',
    short: 'c',
    takes: 'value',
    value: 'NAME',
    group: 'Getting in',
    help: "for --via exec: the container whose tools are used (default: the pod's default one)",
    of: CHECK,
  },
  {
    name: 'image-pull-secret',
    takes: 'value',
    value: 'NAME',
    group: 'Getting in',
    help: 'for --via jump: a Secret to pull the debug image with, beside those of the pod',
    of: CHECK,
  },
  {
    name: 'yes',
    takes: 'switch',
    group: 'Getting in',
    help: 'for --via sidecar: change the workload, whose pods are then replaced',
    of: CHECK,
  },
  {
    name: 'image',
    takes: 'value',
    value: 'IMAGE',
    group: 'Getting in',
    help: 'debug image, such as a mirror of netshoot (default: netshoot, pinned by digest)',
    of: CHECK,
  },
  {
    name: 'image-pull-policy',
    takes: 'value',
    value: 'POLICY',
    choices: ['Always', 'IfNotPresent', 'Never'],
    group: 'Getting in',
    help: 'Always, IfNotPresent or Never, for the debug image',
    of: CHECK,
  },
];

const connectionValue = (name: string, value: string, help: string, short?: string): Flag => ({
  name,
  ...(short === undefined ? {} : { short }),
  takes: 'value',
  value,
  group: 'Connection, as in kubectl',
  help,
  of: CHECK,
});

const connection: readonly Flag[] = [
  connectionValue('namespace', 'NAME', "the pod's namespace (default: the context's)", 'n'),
  connectionValue('context', 'NAME', 'context of the kubeconfig'),
  connectionValue('cluster', 'NAME', 'cluster of the kubeconfig'),
  connectionValue('user', 'NAME', 'user of the kubeconfig'),
  connectionValue('kubeconfig', 'FILE', 'read this file in place of KUBECONFIG and ~/.kube/config'),
  connectionValue('server', 'URL', 'address of the API server', 's'),
  { ...connectionValue('token', 'TOKEN', 'bearer token'), secret: true },
  connectionValue('as', 'USER', 'impersonate this user'),
  {
    ...connectionValue('as-group', 'GROUP', 'impersonate this group; may be repeated'),
    takes: 'list',
  },
  connectionValue('as-uid', 'UID', 'impersonate this uid'),
  connectionValue('request-timeout', 'DURATION', 'for one request (default 10s); 0: no limit'),
  {
    name: 'insecure-skip-tls-verify',
    takes: 'switch',
    group: 'Connection, as in kubectl',
    help: "do not check the API server's certificate: insecure",
    of: CHECK,
  },
  connectionValue('tls-server-name', 'NAME', "expect this name in the API server's certificate"),
  connectionValue('certificate-authority', 'FILE', 'trust this authority'),
  connectionValue('client-certificate', 'FILE', 'client certificate'),
  connectionValue('client-key', 'FILE', 'key of the client certificate'),
];

const other: readonly Flag[] = [
  { name: 'help', short: 'h', takes: 'switch', group: 'Other', help: 'this text', of: ALL },
  { name: 'version', takes: 'switch', group: 'Other', help: 'version of the plugin', of: ALL },
];

export const FLAGS: readonly Flag[] = [...output, ...probing, ...gettingIn, ...connection, ...other];

export const flagNamed = (name: string): Flag | undefined => FLAGS.find((flag) => flag.name === name);
export const flagOfShort = (short: string): Flag | undefined => FLAGS.find((flag) => flag.short === short);

/** As a person types it: `-n/--namespace`. */
export const spell = (flag: Flag): string =>
  flag.short === undefined ? `--${flag.name}` : `-${flag.short}/--${flag.name}`;
