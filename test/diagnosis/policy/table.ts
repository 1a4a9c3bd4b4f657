/** Reads fixtures/truth-table.yaml: policies by example, with flows and what is expected of them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { podEnd } from '../../../src/diagnosis/policy/ends.ts';
import type { End, Flow, Labels, Policies } from '../../../src/diagnosis/policy/flow.ts';
import { type NetworkPolicy, networkPolicySchema, type Pod } from '../../../src/model/kubernetes.ts';

const labelsSchema = z.union([z.literal('unread'), z.record(z.string(), z.string())]);
const portListSchema = z.array(z.string());
const endSchema = z.union([
  z.strictObject({
    pod: z.string(),
    labels: labelsSchema.default({}),
    namespaceLabels: z.literal('unread').optional(),
    ips: z.array(z.string()),
    address: z.string().optional(),
    node: z.string().optional(),
    hostNetwork: z.boolean().default(false),
    ports: z.union([z.literal('unread'), portListSchema]).default([]),
    sidecarPorts: portListSchema.default([]),
    initPorts: portListSchema.default([]),
    ephemeralPorts: portListSchema.default([]),
  }),
  z.strictObject({ outside: z.string() }),
  z.strictObject({ unidentified: z.string() }),
]);
type EndRow = z.infer<typeof endSchema>;

const groupSchema = z.strictObject({
  name: z.string(),
  mistake: z.string().optional(),
  policies: z.array(
    z.strictObject({
      name: z.string(),
      namespace: z.string().default('shop'),
      spec: networkPolicySchema.shape.spec,
    }),
  ),
  unread: z.strictObject({ ingress: z.string().optional(), egress: z.string().optional() }).default({}),
  flows: z.array(z.string()),
});
const tableSchema = z.strictObject({
  ends: z.record(z.string(), endSchema),
  namespaces: z.record(z.string(), z.record(z.string(), z.string())),
  groups: z.array(groupSchema),
});

export interface Row {
  readonly text: string;
  readonly flow: Flow;
  /** What the client dialled, where it is another. */
  readonly servicePort: number | undefined;
  readonly egress: string;
  readonly ingress: string;
}
export interface Group {
  readonly name: string;
  readonly mistake: string | undefined;
  readonly policies: readonly NetworkPolicy[];
  readonly rows: readonly Row[];
}

const portsOf = (texts: readonly string[]) =>
  texts.map((text) => {
    const [name = '', where = ''] = text.split(' ');
    const [number, protocol] = where.split('/');
    return { name, containerPort: Number(number), ...(protocol === undefined ? {} : { protocol }) };
  });

const NODE_ADDRESSES: Readonly<Record<string, string>> = {
  n1: '192.168.1.1',
  n2: '192.168.1.2',
  n3: '192.168.1.3',
};

/** By way of a Pod as the API server tells it, so that reading one is part of the test. */
const podOf = (name: string, row: Extract<EndRow, { pod: string }>): Pod => {
  const hostIP = NODE_ADDRESSES[row.node ?? ''];
  return {
    metadata: {
      name,
      namespace: row.pod,
      ...(row.labels === 'unread' || Object.keys(row.labels).length === 0 ? {} : { labels: row.labels }),
    },
    spec: {
      ...(row.node === undefined ? {} : { nodeName: row.node }),
      ...(row.hostNetwork ? { hostNetwork: true } : {}),
      containers: [
        { name: 'helper' },
        ...(row.ports === 'unread' ? [] : row.ports).map((port, index) => ({
          name: `app-${index}`,
          ports: portsOf([port]),
        })),
      ],
      initContainers: [
        { name: 'sidecar', restartPolicy: 'Always', ports: portsOf(row.sidecarPorts) },
        { name: 'init', ports: portsOf(row.initPorts) },
      ],
      ephemeralContainers: [{ name: 'debugger', ports: portsOf(row.ephemeralPorts) }],
    },
    status: {
      ...(row.ips[0] === undefined ? {} : { podIP: row.ips[0], podIPs: row.ips.map((ip) => ({ ip })) }),
      ...(hostIP === undefined ? {} : { hostIP }),
    },
  };
};

const endOf = (name: string, row: EndRow, namespaces: Readonly<Record<string, Labels>>): End => {
  if ('outside' in row) return { kind: 'outside', ip: row.outside };
  if ('unidentified' in row)
    return { kind: 'unidentified', ip: row.unidentified, why: 'not permitted to list pods' };
  const end = podEnd(
    podOf(name, row),
    row.namespaceLabels === 'unread' ? undefined : namespaces[row.pod],
    row.address,
  );
  return {
    ...end,
    labels: row.labels === 'unread' ? undefined : end.labels,
    containerPorts: row.ports === 'unread' ? undefined : end.containerPorts,
  };
};

const FLOW =
  /^(?<source>\S+) -> (?<destination>\S+) (?<port>\d+)\/(?<protocol>\w+)(?:, Service port (?<service>\d+))? = (?<egress>\w+), (?<ingress>\w+)$/;

export const readTable = (): readonly Group[] => {
  const file = new URL('fixtures/truth-table.yaml', import.meta.url);
  const table = tableSchema.parse(parse(readFileSync(file, 'utf8')));
  const ends = new Map(
    Object.entries(table.ends).map(([name, row]) => [name, endOf(name, row, table.namespaces)]),
  );
  return table.groups.map(({ name, mistake, policies: rows, unread, flows }) => {
    const policies = rows.map((row) => ({
      metadata: { name: row.name, namespace: row.namespace },
      spec: row.spec,
    }));
    const seen = (why: string | undefined): Policies =>
      why === undefined ? { state: 'known', policies } : { state: 'unknown', why };
    return {
      name,
      mistake,
      policies,
      rows: flows.map((text): Row => {
        const parts = FLOW.exec(text)?.groups ?? {};
        const source = ends.get(parts.source ?? '');
        const destination = ends.get(parts.destination ?? '');
        if (source === undefined || destination === undefined)
          throw new Error(`not a row, or an end that is not there: ${text}`);
        return {
          text,
          flow: {
            source,
            destination,
            port: Number(parts.port),
            protocol: parts.protocol ?? '',
            policies: { egress: seen(unread.egress), ingress: seen(unread.ingress) },
          },
          servicePort: parts.service === undefined ? undefined : Number(parts.service),
          egress: parts.egress ?? '',
          ingress: parts.ingress ?? '',
        };
      }),
    };
  });
};
