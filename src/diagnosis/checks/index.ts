/** The questions that a healthy verdict depends on, from the first thing that must work. */
import type { Check } from '../../model/report.ts';
import { clusterNameCheck, externalNameCheck } from './names.ts';
import { LEFT_OUT, NOT_ASKED } from './not-asked.ts';
import { addressCheck, defaultRouteCheck, podCheck } from './pod.ts';
import { apiCheck, apiHttpCheck, internetCheck, internetHttpCheck } from './reach.ts';
import type { View } from './view.ts';

const CHECKS: readonly ((view: View) => Check)[] = [
  podCheck,
  addressCheck,
  defaultRouteCheck,
  clusterNameCheck,
  externalNameCheck,
  internetCheck,
  apiCheck,
  apiHttpCheck,
  internetHttpCheck,
];

const leftOut = (check: Check): boolean => check.state === 'unknown' && check.detail === NOT_ASKED;

export const checksOf = (view: View): readonly Check[] =>
  CHECKS.map((check) => check(view)).map((check) =>
    view.narrowed === true && leftOut(check) ? { ...check, ...LEFT_OUT } : check,
  );
