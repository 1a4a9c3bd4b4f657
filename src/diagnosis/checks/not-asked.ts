/** Checks whose asks are not in the plan: either nothing was to be asked, or the plan left out what it had to ask. */
import type { Check } from '../../model/report.ts';
import type { View } from './view.ts';

export type NotAsked = Pick<Check, 'state' | 'detail'>;

/** The whole detail of a check whose asks are not there, although the plan has them. */
export const NOT_ASKED = 'not asked';
export const MUST: NotAsked = { state: 'unknown', detail: NOT_ASKED };
export const LEFT_OUT: NotAsked = { state: 'not-applicable', detail: 'not asked (--only, --skip)' };
const NEED_NOT: NotAsked = { state: 'not-applicable', detail: 'not asked (--no-internet)' };

/** `default` and `custom` asks belong to the plan: where there are none, it is not known. */
export const notAskedOutside = ({ internetMode }: View): NotAsked =>
  internetMode === 'default' || internetMode === 'custom' ? MUST : NEED_NOT;
