/** Fields that a later version of the API may have added: what they mean is not known, so neither is what the policy means. */
import type { Doubt } from './doubt.ts';

/** The first field that is set and not one of these. Policies that went through the schema of src/model have none left. */
export const surplusField = (object: object, known: readonly string[]): Doubt | undefined => {
  const field = Object.entries(object).find(
    ([key, value]) => value !== undefined && !known.includes(key),
  )?.[0];
  return field === undefined ? undefined : { kind: 'invalid', field: 'field', value: field };
};
