/** hosts */
import type { Grammar } from '../grammar.ts';
import { quote } from '../quote.ts';
import { anything, exactly, first, none, nothing, property } from '../readings.ts';
import type { Token } from '../tokens.ts';
import { between, DURATION_NOT_NEGATIVE, isAddress } from '../words.ts';

const isIn = (name: string, properties: readonly Token[]): boolean =>
  properties.some(({ text }) => text === name);

/** Lines of addresses and names are read until `fallthrough`; behind it each line has to be a property. */
export const hosts: Grammar = {
  once: { from: '1.1.0' },
  line: anything,
  block: {
    fallthrough: property(anything),
    fallthrough_unsupported: property(none),
    no_reverse: property(nothing),
    ttl: property(first(1, between(1, 65_535))),
    reload: property(exactly(1, DURATION_NOT_NEGATIVE)),
  },
  others: (reader, sink, before) => {
    const word = reader.token();
    if (before.has('fallthrough')) {
      if (!isAddress(word.text)) return false;
      sink.refuse(word, `hosts takes no addresses behind fallthrough, and has ${quote(word.text)} there`);
    }
    reader.rest();
    return true;
  },
  whole: (properties, at, sink) => {
    const [unsupported] = properties.filter(({ text }) => text === 'fallthrough_unsupported');
    if (unsupported === undefined) return;
    if (!isIn('fallthrough', properties))
      sink.refuse(at, 'fallthrough_unsupported of hosts needs fallthrough', { releases: { from: '1.14.7' } });
    // To older releases it is one of the lines of addresses, as long as those may come.
    else if (isIn('fallthrough', properties.slice(0, properties.indexOf(unsupported))))
      sink.refuse(unsupported, 'hosts has no property "fallthrough_unsupported"', {
        kind: 'unknown-property',
        releases: { before: '1.14.7' },
      });
  },
};
