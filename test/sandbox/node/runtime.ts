/** The container runtime: pod sandboxes and container processes, as argv and files for the agent. */

import type { CoreDnsInput } from '../apps/coredns.ts';
import type { KubeObject, Store } from '../contract.ts';
import type { Plans } from './addresses.ts';
import type { ContainerSpec } from './container-status.ts';
import { createDnsServers } from './dns-servers.ts';
import { environment } from './environment.ts';
import { expand } from './expand.ts';
import type { Image } from './images.ts';
import type { NodeLink, NodeProcess, ProcessHandlers } from './link.ts';
import { nameserversOf } from './pod-files.ts';
import { createSandboxes, type Sandbox, type Sandboxes } from './sandboxes.ts';
import { becomeArgv, type Identity } from './security.ts';

export const ROOT_FOLDER = '/run/sandbox/root';

export interface RuntimeOptions {
  readonly store: Store;
  readonly node: NodeLink;
  /** Folder of the scripts, and of the bundled apps. */
  readonly scripts: string;
  readonly apps: string;
  readonly nodeIsRoot: boolean;
  readonly plans: Plans;
  readonly dnsInput: (nameservers: readonly string[]) => Omit<CoreDnsInput, 'version'>;
}

export interface Runtime extends Sandboxes {
  /** The runtime's refusal to start the command, or undefined when it can be started. */
  readonly refusal: (container: ContainerSpec, image: Image) => Promise<string | undefined>;
  readonly start: (
    pod: KubeObject,
    container: ContainerSpec,
    image: Image,
    identity: Identity,
    sandbox: Sandbox,
    handlers: ProcessHandlers,
  ) => NodeProcess;
  /** A command beside a running container; `refusal` is told in the end's message. */
  readonly exec: (
    process: NodeProcess,
    command: readonly string[],
    env: Readonly<Record<string, string>>,
    identity: Identity,
    stdin: boolean,
    handlers: ProcessHandlers,
  ) => Promise<NodeProcess>;
  /** runc's words when an image has no such command; undefined when it has. */
  readonly missing: (image: Image, command: string) => Promise<string | undefined>;
  readonly environment: (pod: KubeObject, container: ContainerSpec) => Readonly<Record<string, string>>;
  /** Tells every CoreDNS process what has changed. */
  readonly feedDns: () => void;
  /** Every CoreDNS process that runs has taken the newest input. */
  readonly dnsFed: () => boolean;
}

const START_REFUSED =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

/** What runc's init says and does when the kernel refuses a program of another architecture. */
const WRONG_FORMAT = ['sh', '-c', 'echo "exec /bin/sh: exec format error" >&2; exit 255'];

const commandOf = (
  container: ContainerSpec,
  variables: Readonly<Record<string, string>>,
): readonly string[] =>
  [...(container.command ?? []), ...(container.args ?? [])].map((word) => expand(word, variables));

export const createRuntime = ({
  store,
  node,
  scripts,
  apps,
  nodeIsRoot,
  plans,
  dnsInput,
}: RuntimeOptions): Runtime => {
  const sandboxes = createSandboxes(node, scripts, nodeIsRoot, plans);
  const dns = createDnsServers(dnsInput);
  let containers = 0;

  const servicesOf = (pod: KubeObject) => store.list('services', pod.metadata.namespace);
  const variables = (pod: KubeObject, container: ContainerSpec) =>
    environment(pod, container, servicesOf(pod), plans);

  const missing = async (image: Image, command: string): Promise<string | undefined> => {
    const notInPath = `exec: "${command}": executable file not found in $PATH`;
    const noSuchFile = `exec: "${command}": stat ${command}: no such file or directory`;
    if (image.kind !== 'tools') return command.includes('/') ? noSuchFile : notInPath;
    const path = image.path ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    const { exitCode } = await node.run([`${scripts}/find-command.sh`, ROOT_FOLDER, command, path]);
    switch (exitCode) {
      case 3:
        return noSuchFile;
      case 4:
        return notInPath;
      case 5:
        return `exec: "${command}": permission denied`;
      default:
        return undefined;
    }
  };

  const appArgv = (name: string, container: ContainerSpec) => [
    process.execPath,
    `${apps}/${name}.mjs`,
    ...(container.args ?? []),
  ];

  return {
    missing,
    environment: variables,
    ...sandboxes,
    refusal: async (container, image) => {
      const [command] = commandOf(container, {});
      const own = container.command?.[0];
      const appOwn = image.kind === 'app' && (own === undefined || own === '/app');
      const coreDnsOwn = image.kind === 'coredns' && (own === undefined || own === '/coredns');
      if (command === undefined || image.kind === 'sleep' || appOwn || coreDnsOwn) return undefined;
      const problem = await missing(image, command);
      return problem === undefined ? undefined : `${START_REFUSED}${problem}`;
    },
    start: (pod, container, image, identity, sandbox, handlers) => {
      const enter =
        sandbox.namespace === undefined ? [] : ['nsenter', `--net=/run/netns/${sandbox.namespace}`];
      const env = variables(pod, container);
      const plain = (argv: readonly string[]) =>
        node.start({ argv: [...enter, ...argv], env, channel: 'ipc' }, handlers);
      switch (image.kind) {
        case 'app':
          return plain(appArgv('app', container));
        case 'coredns': {
          const server = node.start(
            { argv: [...enter, process.execPath, `${apps}/coredns.mjs`], env, channel: 'ipc' },
            {
              ...handlers,
              message: (message) => {
                if (!dns.heard(server, message)) handlers.message?.(message);
              },
              exit: (code, message) => {
                dns.remove(server);
                handlers.exit(code, message);
              },
            },
          );
          dns.add(server, nameserversOf(pod, plans));
          return server;
        }
        case 'sleep':
          return node.start({ argv: [...enter, 'sleep', 'infinity'], env }, handlers);
        case 'tools': {
          containers += 1;
          const terminationLog = `${sandbox.folder}/termination-log-${containers}`;
          const command = image.foreign === true ? WRONG_FORMAT : commandOf(container, env);
          return node.start(
            {
              argv: [
                ...enter,
                'unshare',
                '--mount',
                '--uts',
                '--pid',
                '--fork',
                '--kill-child',
                `${scripts}/container.sh`,
                ROOT_FOLDER,
                sandbox.folder,
                terminationLog,
                identity.readOnlyRoot ? 'yes' : 'no',
                ...becomeArgv(identity, nodeIsRoot),
                ...(image.path === undefined ? [] : ['/usr/bin/env', `PATH=${image.path}`]),
                ...(command.length === 0 ? ['sh'] : command),
              ],
              env,
              terminationLog,
            },
            handlers,
          );
        }
      }
    },
    exec: async (container, command, env, identity, stdin, handlers) => {
      const pid = await container.innermost();
      return node.start(
        {
          argv: [
            'nsenter',
            `--target=${pid}`,
            '--mount',
            '--uts',
            '--net',
            '--pid',
            '--wd=/',
            ...becomeArgv(identity, nodeIsRoot),
            ...command,
          ],
          env,
          stdin,
        },
        handlers,
      );
    },
    feedDns: dns.feed,
    dnsFed: dns.fed,
  };
};
