/** The tools of an image: all, some, another's of the same name, broken ones. */
import type { Scenario } from './scenario.ts';

const ALL = 'curl, nslookup, dig, nc, ping, ip, ss, busybox';

const FILE = '/tmp/netcheck-record-tool';
const pathOf = (name: string): string => `"$(readlink -f "$(command -v ${name})")"`;

/** The pod's program of this name is another one, a shell script. Of this machine's tools only, not of those below another root. */
const replaced = (name: string, script: string): Partial<Scenario> => ({
  before: `path=${pathOf(name)}; printf '%s\\n' '#!/bin/sh' '${script}' >${FILE}; chmod 755 ${FILE}; mount --bind ${FILE} "$path"`,
  after: `umount ${pathOf(name)}; rm ${FILE}`,
});

/** Not executable, and so not there. The paths are found before they are hidden: afterwards they cannot be. */
const hidden = (names: readonly string[]): Partial<Scenario> => ({
  before: `paths='${names.join(' ')}'; found=; for name in $paths; do found="$found $(readlink -f "$(command -v "$name")")"; done
    for path in $found; do mount --bind /dev/null "$path"; done; echo "$found" >${FILE}`,
  after: `for path in $(cat ${FILE}); do umount "$path"; done; rm ${FILE}`,
});

const conditions: Readonly<Record<string, readonly [truth: Scenario['truth'], more: Partial<Scenario>]>> = {
  all: [{ k: 'tool-versions', names: ALL, all: true }, { busybox: true }],
  // A ping with a file capability that is not to be had cannot be started.
  'as-nobody': [{ k: 'tool-versions', names: ALL }, { asNobody: true }],
  'no-dns-tools': [
    { k: 'tool-versions', names: 'curl, nc, ping, ip, ss, busybox', all: true },
    hidden(['dig', 'nslookup']),
  ],
  'no-iproute2': [
    { k: 'tool-versions', names: 'curl, nslookup, dig, nc, ping, busybox', all: true },
    hidden(['ip', 'ss']),
  ],
  'curl-alone': [
    { k: 'tool-versions', names: 'curl', all: true },
    hidden(['dig', 'nslookup', 'nc', 'ping', 'ip', 'ss', 'busybox']),
  ],
  'no-tool': [
    { k: 'tool-versions', names: '' },
    hidden(['curl', 'dig', 'nslookup', 'nc', 'ping', 'ip', 'ss', 'busybox']),
  ],
  'silent-tool': [{ k: 'tool-versions', names: ALL }, replaced('nc', 'exit 3')],
  'warning-first': [
    { k: 'tool-versions', names: ALL, all: true },
    replaced('ip', 'echo "a warning"; echo "and another" >&2; echo "ip utility, iproute2-6.17.0"'),
  ],
  'no-version': [
    { k: 'tool-versions', names: ALL },
    replaced('ping', 'for n in a b c d e f g h i j k l; do echo "usage, line $n"; done; exit 2'),
  ],
  'unknown-text': [{ k: 'tool-versions', names: ALL }, replaced('nc', 'echo "nc of our own, release 7"')],
  'binary-text': [{ k: 'tool-versions', names: ALL }, replaced('nc', 'head -c 3000 /usr/bin/env')],
  crashes: [{ k: 'tool-versions', names: ALL }, replaced('dig', 'kill -SEGV $$')],
  hangs: [{ k: 'tool-versions' }, replaced('curl', 'exec sleep 60')],
};

/** Other releases and other implementations are recorded with `--root`, or with a PATH of their own, and a flavour named after them. */
export const toolVersions: readonly Scenario[] = Object.entries(conditions).map(([name, [truth, more]]) => ({
  name,
  probe: 'tool-versions',
  question: {},
  truth,
  ...more,
}));
