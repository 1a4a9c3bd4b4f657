/** The truth of the probes that read what a pod has: addresses, routes, neighbours, sockets, resolv.conf, tools. */

type Fields = Readonly<Record<string, unknown>>;
/** Whether an outcome tells what was really the case. A truth that names no detail holds for any. */
type Holds = (outcome: Fields, truth: Fields) => boolean;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
const wordsOf = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : '');
const same = (told: unknown, really: unknown): boolean => really === undefined || told === really;

/** The named fields of each, in the order told: `eth0 1500, net1 1400`. */
const told = (list: unknown, ...names: readonly string[]): string =>
  listOf(list)
    .map((item) => names.map((name) => item[name] ?? '-').join(' '))
    .join(', ');

/** All that is named is there; a truth that names none allows none. What the kernel adds by itself (`fe80::/64`) may be there too. */
const holdsAll = (list: string, really: unknown): boolean =>
  typeof really !== 'string' ||
  (really === '' ? list === '' : really.split(', ').every((item) => list.split(', ').includes(item)));

const sorted = (words: readonly unknown[]): string => words.map(String).sort().join(', ');

const listeners: Holds = ({ kind, sockets }, truth) => {
  const seen = listOf(sockets);
  const dual = seen.filter(({ v6only }) => v6only === false).map(({ port }) => port);
  const really = Array.isArray(truth.sockets) ? truth.sockets : [];
  return (
    kind === 'listeners' &&
    told(seen, 'protocol', 'address', 'port', 'scope').split(', ').sort().join(', ') === sorted(really) &&
    (!Array.isArray(truth.dual) || sorted(dual) === sorted(truth.dual))
  );
};

export const readersTruth: Readonly<Record<string, Readonly<Record<string, Holds>>>> = {
  interface: {
    addresses: ({ kind, addresses, links }, truth) =>
      kind === 'addresses' &&
      same(
        listOf(addresses)
          .map(({ address }) => address)
          .join(' '),
        truth.addresses,
      ) &&
      same(told(links, 'name', 'up', 'mtu'), truth.links),
    routes: ({ kind, defaults, main }, truth) =>
      kind === 'routes' &&
      same(listOf(defaults).length, truth.defaults) &&
      holdsAll(told(main, 'destination', 'gateway', 'interface'), truth.main),
    neighbours: ({ kind, neighbours }, truth) =>
      kind === 'neighbours' && holdsAll(told(neighbours, 'address', 'state'), truth.neighbours),
  },
  'resolv-conf': {
    'resolv-conf': ({ kind, nameservers, search, otherOptions, options }, truth) =>
      kind === 'resolv-conf' &&
      same(wordsOf(nameservers), truth.nameservers) &&
      same(wordsOf(search), truth.search) &&
      same(Object.values(fieldsOf(options)).join(' '), truth.options) &&
      same(wordsOf(otherOptions), truth.others),
  },
  listeners: { listeners },
  'tool-versions': {
    'tool-versions': ({ kind, tools }, truth) =>
      kind === 'tool-versions' &&
      same(told(tools, 'name'), truth.names) &&
      same(told(tools, 'name', 'flavour'), truth.flavours) &&
      same(told(tools, 'name', 'version'), truth.versions) &&
      (truth.all !== true || listOf(tools).every(({ version }) => version !== undefined)),
  },
};
