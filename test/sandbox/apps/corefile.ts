/**
 * The Corefile, as CoreDNS reads it: server blocks of plugins, each with arguments and a block of properties. What CoreDNS
 * would refuse to start with is refused here in its words.
 * Source: coredns/core/dnsserver/zdirectives.go, plugin/forward/setup.go, plugin/kubernetes/setup.go.
 */

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly properties: readonly { readonly name: string; readonly args: readonly string[] }[];
}
export interface ServerBlock {
  /** Zones that it answers for, lower case, without the trailing dot; '' is the root. */
  readonly zones: readonly string[];
  readonly port: number;
  readonly plugins: readonly Directive[];
}

/** A Corefile that CoreDNS refuses; the message is its own. */
export class CorefileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CorefileError';
  }
}

const PATH = '/etc/coredns/Corefile';
const PLUGINS = new Set(
  `acl any auto autopath azure bind bufsize cache cancel chaos clouddns debug dns64 dnssec dnstap erratic errors etcd file
  forward geoip grpc grpc_server header health hosts https https3 import k8s_external kubernetes loadbalance local log loop
  metadata minimal multisocket nsid pprof prometheus quic ready reload rewrite root route53 secondary sign template
  timeouts tls trace transfer tsig view whoami`.split(/\s+/),
);
/** Properties of the plugins whose blocks are checked; the other plugins' are taken as they are. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  forward:
    `except force_tcp prefer_udp max_fails max_idle_conns max_age expire health_check policy tls tls_servername
    max_concurrent max_connect_attempts next failfast_all_unhealthy_upstreams failover`.split(/\s+/),
  kubernetes:
    `endpoint tls kubeconfig namespaces labels pods endpoint_pod_names ttl noendpoints fallthrough ignore
    namespace_labels apiserver_qps apiserver_burst apiserver_max_inflight startup_timeout`.split(/\s+/),
  health: ['lameduck'],
};

interface Token {
  readonly text: string;
  readonly line: number;
}

const tokenize = (text: string): readonly Token[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/#.*|"((?:[^"\\]|\\.)*)"|\S+/g)]
        .filter(([whole]) => !whole.startsWith('#'))
        .map(([whole, quoted]) => ({ text: quoted ?? whole, line: index + 1 })),
    );

const zoneOf = (key: string): { readonly zone: string; readonly port: number } => {
  const match = /^(?:dns:\/\/)?(.*?)(?::(\d+))?$/.exec(key.replace(/,$/, ''));
  const zone = (match?.[1] ?? '').replace(/\.$/, '').toLowerCase();
  return { zone, port: Number(match?.[2] ?? 53) };
};

const checkProperties = (directive: Directive, lines: readonly number[]) => {
  const known = PROPERTIES[directive.name];
  directive.properties.forEach(({ name }, index) => {
    if (known === undefined || known.includes(name)) return;
    throw new CorefileError(
      `plugin/${directive.name}: ${PATH}:${lines[index] ?? 0} - Error during parsing: unknown property '${name}'`,
    );
  });
};

/** Throws CorefileError. */
export const parseCorefile = (text: string): readonly ServerBlock[] => {
  const tokens = tokenize(text);
  const blocks: ServerBlock[] = [];
  let at = 0;
  const peek = () => tokens[at];
  const next = () => tokens[at++];
  const restOfLine = (line: number) => {
    const found: string[] = [];
    for (
      let token = peek();
      token?.line === line && token.text !== '{' && token.text !== '}';
      token = peek()
    ) {
      found.push(token.text);
      at += 1;
    }
    return found;
  };
  const unexpectedEnd = (line: number) =>
    new CorefileError(`${PATH}:${line} - Error during parsing: Unexpected EOF`);
  const last = tokens.at(-1)?.line ?? 1;

  while (at < tokens.length) {
    const keys: string[] = [];
    for (let token = peek(); token !== undefined && token.text !== '{'; token = peek()) {
      keys.push(token.text);
      at += 1;
    }
    if (next() === undefined) throw unexpectedEnd(last);
    const plugins: Directive[] = [];
    for (let token = next(); token?.text !== '}'; token = next()) {
      if (token === undefined) throw unexpectedEnd(last);
      if (!PLUGINS.has(token.text)) {
        throw new CorefileError(
          `${PATH}:${token.line} - Error during parsing: Unknown directive '${token.text}'`,
        );
      }
      const args = restOfLine(token.line);
      const properties: { name: string; args: string[] }[] = [];
      const lines: number[] = [];
      if (peek()?.text === '{' && peek()?.line === token.line) {
        at += 1;
        for (let property = next(); property?.text !== '}'; property = next()) {
          if (property === undefined) throw unexpectedEnd(last);
          properties.push({ name: property.text, args: restOfLine(property.line) });
          lines.push(property.line);
        }
      }
      const directive = { name: token.text, args, properties };
      checkProperties(directive, lines);
      if (directive.name === 'forward' && args.length < 2) {
        throw new CorefileError(
          `plugin/forward: ${PATH}:${token.line} - Error during parsing: Wrong argument count or unexpected line ending after '${args.at(-1) ?? 'forward'}'`,
        );
      }
      plugins.push(directive);
    }
    const zones = keys.map(zoneOf);
    blocks.push({ zones: zones.map(({ zone }) => zone), port: zones[0]?.port ?? 53, plugins });
  }
  return blocks;
};

/** The block that answers for a name: the longest zone that the name is in. */
export const blockFor = (blocks: readonly ServerBlock[], name: string): ServerBlock | undefined =>
  blocks
    .flatMap((block) => block.zones.map((zone) => ({ block, zone })))
    .filter(({ zone }) => isInZone(name, zone))
    .sort((left, right) => right.zone.length - left.zone.length)[0]?.block;

export const isInZone = (name: string, zone: string): boolean =>
  zone === '' || name === zone || name.endsWith(`.${zone}`);
