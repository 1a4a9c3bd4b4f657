/** Plugins that CoreDNS once had. What they took is not judged. */
import type { Grammar } from '../grammar.ts';
import { anything, one } from '../readings.ts';

const removed = (before: string): Grammar => ({ before, single: true, line: anything });

/** forward took its place. */
export const proxy = removed('1.5.0');
export const federation = removed('1.7.0');
export const reverse = removed('1.2.0');
export const startup = removed('1.1.1');
export const shutdown = removed('1.1.1');

/** Of Caddy: runs a command when something happens. */
export const on: Grammar = {
  from: '1.0.5',
  line: (reader, sink) => {
    one()(reader, sink);
    reader.rest();
  },
};
