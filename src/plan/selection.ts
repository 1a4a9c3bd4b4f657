/** `--only` and `--skip`: by probe (`dns-lookup`), or by what is asked about (`internet`). */
import type { SuiteWord } from '../../probes/words.ts';
import type { Ask, Purpose } from '../model/probe.ts';

export interface Selection {
  /** Undefined: all. */
  readonly only?: readonly SuiteWord[] | undefined;
  readonly skip?: readonly SuiteWord[] | undefined;
}

/** What a word for more than one purpose covers: who skips the internet wants nothing outside asked. */
const COVERS: Partial<Record<SuiteWord, readonly Purpose[]>> = {
  dns: [
    'resolver-config',
    'nameserver',
    'nameserver-lookup',
    'cluster-name',
    'external-name',
    'reverse-name',
    'destination-name',
    'upstream',
  ],
  internet: ['internet', 'external-name', 'path-mtu', 'app-proxy'],
  destination: [
    'destination-name',
    'destination-endpoint',
    'destination-certificate',
    'destination-reference',
  ],
  nameserver: ['nameserver', 'nameserver-lookup'],
};

export const selected =
  ({ only, skip }: Selection) =>
  (ask: Pick<Ask, 'probe' | 'purpose'>): boolean => {
    const is = (word: SuiteWord): boolean =>
      word === ask.probe || word === ask.purpose || COVERS[word]?.includes(ask.purpose) === true;
    return (only === undefined || only.some(is)) && skip?.some(is) !== true;
  };
