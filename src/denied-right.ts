/** Reads who may not do what out of the API server's words for it (RBAC's and other authorizers'). Pure. */
import type { MissingRight } from './model/evidence.ts';

const DENIED =
  /(?:User "(?<user>(?:[^"\\]|\\.)*)" )?cannot (?<verb>[a-z*]+) resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]+)")?/;

/** The server quotes names as Go does; what it escapes JSON escapes alike, but for a few that no name needs. */
const unquoted = (text: string): string | undefined => {
  try {
    return JSON.parse(`"${text}"`);
  } catch {
    return undefined;
  }
};

/** undefined where the message does not say that a right is missing. */
export const deniedRight = (message: string): MissingRight | undefined => {
  const groups = DENIED.exec(message)?.groups;
  if (groups === undefined) return undefined;
  const { verb = '', resource = '', group = '', namespace } = groups;
  const user = groups.user === undefined ? undefined : unquoted(groups.user);
  return {
    verb,
    resource,
    group,
    ...(namespace === undefined ? {} : { namespace }),
    ...(user === undefined ? {} : { user }),
  };
};
