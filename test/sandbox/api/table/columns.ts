/** What a column of a printed table is. */
import type { Loose } from '../json.ts';

export interface Column {
  readonly name: string;
  readonly cell: (object: Loose) => string | number;
  /** Only with `-o wide`. */
  readonly wide?: true;
  readonly format?: 'name';
}

export const column = (name: string, cell: Column['cell']): Column => ({ name, cell });
export const wide = (name: string, cell: Column['cell']): Column => ({ name, cell, wide: true });

export const orNone = (text: string | undefined | null): string => (text ? text : '<none>');
/** `a=b,c=d`; `<none>` when empty. */
export const labelsText = (labels: Loose): string =>
  orNone(
    Object.entries(labels ?? {})
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  );
/** A LabelSelector as `kubectl get` shows it. */
export const selectorText = (selector: Loose): string => {
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values }: Loose) => {
    switch (operator) {
      case 'Exists':
        return key;
      case 'DoesNotExist':
        return `!${key}`;
      default:
        return `${key} ${operator.toLowerCase()} (${(values ?? []).join(',')})`;
    }
  });
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  return orNone([...labels, ...expressions].join(','));
};
