/** Services that may have been meant where a name leads to none. Pure. */
import type { Service } from '../../../model/kubernetes.ts';
import { editDistance, nearNames } from '../../near.ts';

export interface Meant {
  readonly name: string;
  readonly namespace: string;
  readonly why: 'other-namespace' | 'other-name';
}

const MOST = 3;

/** The same name elsewhere before another name in the same namespace; of several namespaces the one spelt most alike first. */
export const servicesMeant = (
  wanted: { readonly name: string; readonly namespace: string },
  services: readonly Service[],
): readonly Meant[] => {
  const all = services.map(({ metadata: { name, namespace = 'default' } }) => ({ name, namespace }));
  const distance = ({ namespace }: { readonly namespace: string }) =>
    editDistance(wanted.namespace, namespace);
  const elsewhere = all
    .filter(({ name, namespace }) => name === wanted.name && namespace !== wanted.namespace)
    .sort((a, b) => distance(a) - distance(b) || (a.namespace < b.namespace ? -1 : 1));
  const here = all.filter(({ namespace }) => namespace === wanted.namespace).map(({ name }) => name);
  return [
    ...elsewhere.map((one) => ({ ...one, why: 'other-namespace' as const })),
    ...nearNames(wanted.name, here).map((name) => ({
      name,
      namespace: wanted.namespace,
      why: 'other-name' as const,
    })),
  ].slice(0, MOST);
};
