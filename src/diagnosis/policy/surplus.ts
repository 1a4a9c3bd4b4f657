/** Fields that a later version of the API may have added: what they mean is not known, so neither is what the policy means. */
import type { Doubt } from './doubt.ts';

/**
 * The first field that is not one of these. Policies that went through the schema of src/model have none left. A loop, as it is asked of
 * every selector, peer and port of hundreds of policies.
 */
export const surplusField = (object: object, known: readonly string[]): Doubt | undefined => {
  for (const field in object)
    if (!known.includes(field)) return { kind: 'invalid', field: 'field', value: field };
  return undefined;
};
