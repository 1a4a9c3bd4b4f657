/** A host as the tools take it: what may come from a cluster's objects, and must never be read as an option. */
import * as z from 'zod/mini';

/** Longer than any name; what is too long for DNS is left to the tool to say. */
const LONGEST = 1024;
/** A letter, digit, `_` or `:` first: `-` begins options, `@` a server and `+` a setting of dig's. */
const HOST = /^[\p{L}\p{N}_:][^\s\p{C}]*$/u;

/** A name, or an address with or without a zone. */
export const hostSchema = z
  .string()
  .check(z.maxLength(LONGEST), z.regex(HOST, 'is no host that a tool could be given'));
