/** The help text, made from the table of flags, so that it cannot tell of others than the parser takes. 80 columns. */
import { FLAG_GROUPS, FLAGS, type Flag } from './flags.ts';

const WIDTH = 80;
const INDENT = 30;

const USAGE = `Why can this pod not talk, at which layer, and what to type next.

Usage:
  kubectl netcheck POD               check a pod's network: interface, DNS,
                                     cluster services, the way out
  kubectl netcheck POD --to svc/web  can the pod reach it? name, Service, each
                                     endpoint, policies, port, TLS, HTTP
  kubectl netcheck TYPE/NAME         a pod of deploy/ sts/ ds/ rs/ job/ cronjob/
                                     svc/; says which one, of how many
  kubectl netcheck judge CASE.json   judge a saved case again, with no cluster;
                                     - reads it from stdin
  kubectl netcheck explain CODE      what a finding means, how to confirm it,
                                     how to mend it
  kubectl netcheck codes             list all findings

A pod whose name is also a command is written pod/judge.

It adds one debug container (an ephemeral container) to the pod, which runs the
probes and ends by itself. Kubernetes cannot remove it again: it stays in the
pod's spec until the pod goes. It gets no privileges. Where the pod takes none,
it asks with the tools that the pod has (kubectl exec), or from a look-alike
pod on the same node, which it deletes at the end; the report says which.
--via names one way, --dry-run shows what would be added.
`;

const INTERNET = `On the internet, the pod contacts by default 1.1.1.1, 8.8.8.8 and 223.5.5.5
(for IPv6 2606:4700:4700::1111, 2001:4860:4860::8888 and 2400:3200::1), and
looks up and contacts example.com and aliyun.com, all on port 443, with a ping
to the first address. One that answers is enough. --internet TARGET replaces
them all, --no-internet contacts none.
`;

const EXAMPLES = `Examples:
  kubectl netcheck web-0
  kubectl netcheck deploy/web -n shop --no-internet
  kubectl netcheck client --to svc/web.shop:80
  kubectl netcheck client --to https://api.example.com/health
  kubectl netcheck web-0 --internet proxy.corp.example:3128
  kubectl netcheck web-0 --image registry.corp.example/netshoot:v0.16
  kubectl netcheck web-0 -o json --save case.json
`;

const STATUSES = `Exit status:
  0    healthy: all that a pod needs was measured and works
  1    the plugin or the API server failed
  2    the command line cannot be read
  3    there are findings at or above --fail-on
  4    inconclusive: something was not measured, so it is not called healthy
  130  stopped by Ctrl-C (143: by SIGTERM)
The report goes to stdout, everything else to stderr.
`;

const left = (flag: Flag): string => {
  const name = `${flag.short === undefined ? '    ' : `-${flag.short}, `}--${flag.name}`;
  if (flag.value === undefined) return `  ${name}`;
  return `  ${name}${flag.takes === 'optional-value' ? `[=${flag.value}]` : ` ${flag.value}`}`;
};

const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
};

const entry = (flag: Flag): string => {
  const head = left(flag);
  const [first = '', ...rest] = wrap(flag.help, WIDTH - INDENT);
  const pad = ' '.repeat(INDENT);
  const start = head.length < INDENT - 1 ? head.padEnd(INDENT) + first : `${head}\n${pad}${first}`;
  return [start, ...rest.map((line) => pad + line)].join('\n');
};

export const helpText = (): string => {
  const groups = FLAG_GROUPS.map((group) => {
    const flags = FLAGS.filter((flag) => flag.group === group);
    return `${group}:\n${flags.map(entry).join('\n')}\n`;
  });
  return [USAGE, ...groups, INTERNET, EXAMPLES, STATUSES].join('\n');
};
