/** Containers that ended with an error, in words. */
import type { ContainerStatus, Pod } from '../../../model/kubernetes.ts';
import { agoText, between } from '../../time.ts';
import { counted, oneLine } from '../../wording.ts';

/** It ended with an error, and was started again or is about to be. */
const crashed = ({ state, lastState, restartCount = 0 }: ContainerStatus): boolean => {
  if (state?.waiting?.reason === 'CrashLoopBackOff') return true;
  const ended = state?.terminated ?? lastState?.terminated;
  return ended !== undefined && ended.exitCode !== 0 && (restartCount > 0 || state?.terminated !== undefined);
};

export const crashing = ({ status }: Pod): readonly ContainerStatus[] =>
  [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].filter(crashed);

const HOUR_MS = 3_600_000;

/** Milliseconds since its last end; undefined where it is not told. */
export const endedMs = (
  { state, lastState }: ContainerStatus,
  gatheredAt: string | undefined,
): number | undefined => between((state?.terminated ?? lastState?.terminated)?.finishedAt, gatheredAt);

/** It has run for an hour and more since: what fails now began later, as far as that tells. */
export const isPast = (status: ContainerStatus, gatheredAt: string | undefined): boolean =>
  status.state?.running !== undefined && (endedMs(status, gatheredAt) ?? 0) > HOUR_MS;

/** `11 hours ago`; undefined where it is not told. */
export const endedAgo = (status: ContainerStatus, gatheredAt: string | undefined): string | undefined => {
  const ms = endedMs(status, gatheredAt);
  return ms === undefined ? undefined : agoText(ms);
};

/** `was OOM-killed (exit code 137)`, `ended with exit code 1` */
export const endText = ({ state, lastState }: ContainerStatus): string => {
  const ended = state?.terminated ?? lastState?.terminated;
  if (ended === undefined) return 'does not stay up';
  return ended.reason === 'OOMKilled'
    ? `was OOM-killed (exit code ${ended.exitCode})`
    : `ended with exit code ${ended.exitCode}`;
};

export const crashLine = (pod: Pod, status: ContainerStatus, gatheredAt: string | undefined): string => {
  const { waiting, terminated } = status.state ?? {};
  const now = waiting?.reason ?? (terminated === undefined ? 'runs again' : 'has ended');
  const limit = pod.spec.containers.find(({ name }) => name === status.name)?.resources?.limits?.memory;
  const memory =
    endText(status).startsWith('was OOM') && limit !== undefined ? `, memory limit ${limit}` : '';
  const ago = endedAgo(status, gatheredAt);
  const said = (status.state?.terminated ?? status.lastState?.terminated)?.message;
  return `pod ${pod.metadata.name}: container ${status.name} ${endText(status)}${ago === undefined ? '' : `, ${ago}`}, ${counted(status.restartCount ?? 0, 'restart')}${memory}, now: ${now}${said === undefined || said === '' ? '' : `; it said: ${oneLine(said, 160)}`}`;
};
