/** Which findings follow from which. */
import type { Finding } from '../model/finding.ts';

/** Whether `cause` names `effect` among what follows from it. */
export const explains = (cause: Finding, effect: Finding): boolean =>
  cause !== effect &&
  cause.explains.some((name) => name === effect.id || name === `${effect.id}/${effect.about ?? ''}`);

/** Errors of these names that no other error explains yet: what another cause may still claim. */
export const unexplained = (names: readonly string[], findings: readonly Finding[]): readonly Finding[] => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return errors.filter(
    (effect) =>
      (names.includes(effect.id) || names.includes(`${effect.id}/${effect.about ?? ''}`)) &&
      !errors.some((cause) => explains(cause, effect)),
  );
};
