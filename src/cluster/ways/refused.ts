/** The API server's refusal, as the case keeps it. Pure. */
import type { Entry, Way } from '../../model/entry.ts';
import type { ApiFailure } from '../client.ts';

export const refusedEntry = (
  base: { readonly via?: Way; readonly container: string; readonly image: string },
  { httpStatus, reason, message, details }: ApiFailure,
): Entry => ({
  state: 'refused',
  ...base,
  httpStatus,
  ...(reason === undefined ? {} : { reason }),
  message,
  ...(details === undefined ? {} : { details }),
});
