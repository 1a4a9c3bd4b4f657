/** The CoreDNS processes that run, and what each of them has been told. */
import type { CoreDnsInput } from '../apps/coredns.ts';
import type { NodeProcess } from './link.ts';

export interface DnsServers {
  readonly add: (server: NodeProcess, nameservers: readonly string[]) => void;
  readonly remove: (server: NodeProcess) => void;
  /** True when the message was an answer to a feed. */
  readonly heard: (server: NodeProcess, message: unknown) => boolean;
  /** Tells every server what stands now. */
  readonly feed: () => void;
  /** Every server has taken what it was told last. */
  readonly fed: () => boolean;
}

const isApplied = (message: unknown): message is { readonly applied: number } =>
  typeof message === 'object' &&
  message !== null &&
  'applied' in message &&
  typeof message.applied === 'number';

export const createDnsServers = (
  input: (nameservers: readonly string[]) => Omit<CoreDnsInput, 'version'>,
): DnsServers => {
  const servers = new Map<NodeProcess, { nameservers: readonly string[]; sent: number; applied: number }>();
  const feedOne = (server: NodeProcess) => {
    const known = servers.get(server);
    if (known === undefined) return;
    known.sent += 1;
    server.message({ ...input(known.nameservers), version: known.sent });
  };
  return {
    add: (server, nameservers) => {
      servers.set(server, { nameservers, sent: 0, applied: 0 });
      void server.started.then(
        () => feedOne(server),
        () => undefined,
      );
    },
    remove: (server) => servers.delete(server),
    heard: (server, message) => {
      const known = servers.get(server);
      if (known === undefined || !isApplied(message)) return false;
      known.applied = message.applied;
      return true;
    },
    feed: () => {
      for (const server of servers.keys()) feedOne(server);
    },
    fed: () => [...servers.values()].every(({ sent, applied }) => applied >= sent),
  };
};
