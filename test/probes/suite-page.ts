/** docs/PROBES.md: the probes as they are defined, and the default plan as it is made for one pod. */
import { podSchema, serviceSchema } from '../../src/model/kubernetes.ts';
import { plan } from '../../src/plan/index.ts';
import { fixturesOf, probeOf, probes } from './fixture.ts';

const service = (name: string, clusterIP: string) =>
  ({
    state: 'known',
    value: serviceSchema.parse({
      metadata: { name },
      spec: { clusterIP, ports: [{ port: name === 'kubernetes' ? 443 : 53 }] },
    }),
  }) as const;

/** A pod of a common IPv4 cluster. */
const EXAMPLE = {
  pod: {
    state: 'known',
    value: podSchema.parse({
      metadata: { name: 'web-0' },
      spec: {},
      status: { podIP: '10.244.0.5', podIPs: [{ ip: '10.244.0.5' }], hostIP: '192.168.0.10' },
    }),
  },
  apiService: service('kubernetes', '10.96.0.1'),
  dnsService: service('kube-dns', '10.96.0.10'),
} as const;

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A script is told by its name: its text is in the source. */
const commandText = (argv: readonly string[]): string =>
  argv
    .map((word) => (word.length > 60 || word.includes('\n') ? '…' : word))
    .map((word) => (/[^\w@%+=:,./-]/.test(word) ? `'${word}'` : word))
    .join(' ');

const probeRow = (probe: (typeof probes)[number]): string => {
  const fixtures = fixturesOf(probe.id).map(([, fixture]) => fixture);
  const kinds = [...new Set(fixtures.map(({ expected }) => expected.kind))].sort();
  return `| \`${probe.id}\` | ${probe.tool} | ${escaped(probe.summary)} | ${kinds.map((kind) => `\`${kind}\``).join(' ')} | ${fixtures.length} |`;
};

export const suitePage = (): string => {
  const asks = plan(EXAMPLE, 'default');
  const rows = asks.map((ask) => {
    const probe = probeOf(ask.probe);
    const argv = commandText(probe.command(ask.question));
    return `| \`${ask.id}\` | ${ask.purpose} | \`${escaped(argv)}\` | ${probe.timeLimitSeconds(ask.question)} |`;
  });
  return `# The probe suite

Made from \`probes/\` and \`src/plan/\` by the tests (\`UPDATE_GOLDENS=1 npm test -- test/probes\`).

## Probes

Each runs one tool in the pod's network namespace and reads what it prints into one outcome. Any probe can also end as
\`unreadable\` (the output was not understood: never a pass, never a failure) or \`did-not-run\` (with the reason).

| probe | tool | what it does | outcomes | fixtures |
|---|---|---|---|---|
${probes.map(probeRow).join('\n')}

## The default plan

What is asked of a pod with the address 10.244.0.5 in a cluster whose API has 10.96.0.1 and whose DNS has 10.96.0.10: ${asks.length} asks, side by
side, those that take longest first. \`--only\` and \`--skip\` take the name of a probe, or the word in the second column. A pod with IPv6
addresses asks the same over IPv6; \`--internet\` and \`--no-internet\` replace or drop what lies outside the cluster.

| ask | about | command | limit, s |
|---|---|---|---|
${rows.join('\n')}
`;
};
