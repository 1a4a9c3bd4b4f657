/** What a node's conditions say against it. */
import type { Node } from '../model/kubernetes.ts';
import { oneLine } from './wording.ts';

export const PRESSURES: readonly string[] = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

export interface NodeTrouble {
  /** The condition that weighs most. */
  readonly type: string;
  /** `not ready`, `under MemoryPressure` */
  readonly text: string;
  readonly lines: readonly string[];
}

const textOf = (type: string): string => {
  if (type === 'Ready') return 'not ready';
  return type === 'NetworkUnavailable' ? 'without network (NetworkUnavailable)' : `under ${type}`;
};

export const troubleOf = ({ status }: Node): NodeTrouble | undefined => {
  const bad = (status?.conditions ?? []).filter(
    (one) =>
      (one.type === 'Ready' && one.status !== 'True') ||
      ((one.type === 'NetworkUnavailable' || PRESSURES.includes(one.type)) && one.status === 'True'),
  );
  const [worst] = [...bad].sort(
    (a, b) => Number(PRESSURES.includes(a.type)) - Number(PRESSURES.includes(b.type)),
  );
  if (worst === undefined) return undefined;
  return {
    type: worst.type,
    text: textOf(worst.type),
    lines: bad.map((one) => oneLine(`${one.type}=${one.status} ${one.reason ?? ''} ${one.message ?? ''}`)),
  };
};
