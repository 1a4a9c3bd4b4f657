/** The questions that a healthy verdict depends on, from the first thing that must work. */
import type { Destination } from '../../model/destination.ts';
import type { Check } from '../../model/report.ts';
import { destinationCertificateCheck } from './certificate.ts';
import {
  destinationConnectCheck,
  destinationEndpointsCheck,
  destinationHttpCheck,
  destinationNameCheck,
  destinationServiceCheck,
} from './destination.ts';
import { clusterNameCheck, externalNameCheck } from './names.ts';
import { LEFT_OUT, NOT_ASKED } from './not-asked.ts';
import { originalCheck } from './original.ts';
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

/** Of a pod that was asked to reach one destination. */
const TO_DESTINATION: readonly ((view: View, destination: Destination) => Check)[] = [
  podCheck,
  addressCheck,
  defaultRouteCheck,
  destinationNameCheck,
  destinationServiceCheck,
  destinationConnectCheck,
  destinationEndpointsCheck,
  destinationHttpCheck,
];

/** What the user asked for beside it. */
const BESIDE: readonly ((view: View) => Check)[] = [internetCheck, internetHttpCheck];

const wanted = (view: View): readonly Check[] => {
  const { destination } = view;
  if (destination === undefined) return [...CHECKS.map((check) => check(view)), ...originalCheck(view)];
  return [
    ...TO_DESTINATION.map((check) => check(view, destination)),
    ...originalCheck(view),
    ...destinationCertificateCheck(view, destination),
    ...(view.internetMode === 'custom' ? BESIDE.map((check) => check(view)) : []),
  ];
};

/** Of a destination something was asked: then what was not was left out, and not out of reach (an Ingress that may not be read). */
const asksDestination = ({ observations }: View): boolean =>
  observations.some(({ purpose }) => purpose.startsWith('destination') || purpose === 'external-name');

const leftOut = (check: Check, view: View): boolean =>
  check.state === 'unknown' &&
  check.detail === NOT_ASKED &&
  (!check.id.startsWith('destination') || asksDestination(view));

export const checksOf = (view: View): readonly Check[] =>
  wanted(view).map((check) =>
    view.narrowed === true && leftOut(check, view) ? { ...check, ...LEFT_OUT } : check,
  );
