/** What is known of a flag. */

export type CommandName = 'check' | 'judge' | 'explain' | 'codes';

export interface Flag {
  readonly name: string;
  readonly short?: string;
  /**
   * value: once, with a value; list: a value each time it is given; switch: true, or `=false`; count: each time counts;
   * optional-value: alone it means `alone`, and a value stands after `=` only, as kubectl's --dry-run.
   */
  readonly takes: 'value' | 'list' | 'switch' | 'count' | 'optional-value';
  /** The value's name in the help. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly alone?: string;
  readonly group: FlagGroup;
  readonly help: string;
  /** Its value is never repeated in a message. */
  readonly secret?: boolean;
  /** Commands that take it. */
  readonly of: readonly CommandName[];
}

export const FLAG_GROUPS = ['Output', 'Probing', 'Getting in', 'Connection, as in kubectl', 'Other'] as const;
export type FlagGroup = (typeof FLAG_GROUPS)[number];
