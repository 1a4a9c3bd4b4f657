/** Whether the nodes translate the addresses of pods on their way out, as far as the network plugin's own settings tell. */
import type { Evidence } from '../model/evidence.ts';
import type { DaemonSet } from '../model/kubernetes.ts';
import { whyNotKnown } from './unknowns.ts';

type Container = DaemonSet['spec']['template']['spec']['containers'][number];

export interface Setting {
  readonly daemonSet: DaemonSet;
  readonly container: string;
  /** `flannel runs without --ip-masq` */
  readonly text: string;
  /** Its settings say so outright, or they only begin what is decided elsewhere. */
  readonly sure: boolean;
  /** The list in the DaemonSet's spec that `--ip-masq` is missing from. */
  readonly missingIn?: string;
}

export type Masquerade =
  | { readonly state: 'off'; readonly by: Setting }
  | { readonly state: 'on'; readonly text: string }
  /** `why`: not permitted to look, or no plugin that says. */
  | { readonly state: 'unknown'; readonly why: string | undefined };

const wordsOf = ({ command = [], args = [] }: Container): readonly string[] => [...command, ...args];

/** `--ip-masq`, `-ip-masq=false`: undefined where it is not given; of several the last counts. */
const flag = (container: Container, name: string): boolean | undefined => {
  const given = wordsOf(container)
    .flatMap((word) => word.split(/\s+/))
    .flatMap((word) => {
      const { flag: found, value = 'true' } = FLAG.exec(word)?.groups ?? {};
      return found === name ? [value] : [];
    })
    .at(-1);
  return given === undefined ? undefined : !/^(?:false|0|f)$/i.test(given);
};
const FLAG = /^--?(?<flag>[a-z0-9][\w-]*)(?:=(?<value>.*))?$/;

const variable = ({ env = [] }: Container, name: string): string | undefined =>
  env.find((one) => one.name === name)?.value;

type Read = Omit<Setting, 'daemonSet' | 'container'> | { readonly on: string } | undefined;

/** flannel translates only where it is told to. */
const flannel = (container: Container, index: number): Read => {
  if (container.name !== 'kube-flannel' && !wordsOf(container).some((word) => FLANNELD.test(word)))
    return undefined;
  const set = flag(container, 'ip-masq') ?? /^true$/i.test(variable(container, 'FLANNELD_IP_MASQ') ?? '');
  if (set) return { on: 'flannel runs with --ip-masq' };
  const list = container.args === undefined ? 'command' : 'args';
  return {
    text: 'flannel runs without --ip-masq',
    sure: true,
    missingIn: `/spec/template/spec/containers/${index}/${list}`,
  };
};

const FLANNELD = /(?:^|[\s/])flanneld(?:\s|$)/;

/** Calico's variable makes its first IPPool, which may have been changed since. */
const calico = (container: Container): Read => {
  const set = variable(container, 'CALICO_IPV4POOL_NAT_OUTGOING');
  return set === undefined || !/^(?:false|never)$/i.test(set)
    ? undefined
    : { text: `Calico made its IPPool with CALICO_IPV4POOL_NAT_OUTGOING=${set}`, sure: false };
};

const byArgument =
  (name: string, who: string) =>
  (container: Container): Read =>
    flag(container, name) === false ? { text: `${who} runs with --${name}=false`, sure: true } : undefined;

/** The addresses of AWS's plugin are the network's own: right behind a NAT gateway, and not behind an internet gateway. */
const aws = (container: Container): Read =>
  /^true$/i.test(variable(container, 'AWS_VPC_K8S_CNI_EXTERNALSNAT') ?? '')
    ? {
        text: "the AWS plugin runs with AWS_VPC_K8S_CNI_EXTERNALSNAT=true, which needs a NAT gateway in the node's subnet",
        sure: false,
      }
    : undefined;

const READERS: readonly ((container: Container, index: number) => Read)[] = [
  flannel,
  calico,
  byArgument('enable-ipv4-masquerade', 'Cilium'),
  byArgument('masquerade', 'Cilium'),
  byArgument('enable-pod-egress', 'kube-router'),
  aws,
];

const isAgent = ({ metadata }: DaemonSet): boolean => /(?:^|-)ip-masq-agent$/.test(metadata.name);

/** On some node at least: those for other systems or machines are there too, and run nowhere. */
const runs = ({ status }: DaemonSet): boolean => status?.desiredNumberScheduled !== 0;

export const readMasquerade = (daemonSets: Evidence['networkDaemonSets']): Masquerade => {
  if (daemonSets.state !== 'known') return { state: 'unknown', why: whyNotKnown(daemonSets) };
  const running = daemonSets.value.filter(runs);
  const agent = running.find(isAgent);
  if (agent !== undefined)
    return { state: 'on', text: `${agent.metadata.name} translates the addresses of pods` };
  const reads = running.flatMap((daemonSet) =>
    daemonSet.spec.template.spec.containers.flatMap((container, index) =>
      READERS.flatMap((reader) => {
        const read = reader(container, index);
        return read === undefined ? [] : [{ daemonSet, container: container.name, read }];
      }),
    ),
  );
  const offs = reads.flatMap(({ read, ...place }) => ('on' in read ? [] : [{ ...place, ...read }]));
  const ons = reads.flatMap(({ read }) => ('on' in read ? [read.on] : []));
  const sure = offs.find((one) => one.sure);
  if (sure !== undefined) return { state: 'off', by: sure };
  const [on] = ons;
  if (on !== undefined) return { state: 'on', text: on };
  const [unsure] = offs;
  return unsure === undefined ? { state: 'unknown', why: undefined } : { state: 'off', by: unsure };
};
