/** Zones that a cloud or another service holds: azure, clouddns, route53, nomad; and geoip. */
import type { Grammar, Reading } from '../grammar.ts';
import { quote } from '../quote.ts';
import { anything, atLeast, exactly, nothing, one, property } from '../readings.ts';
import { between, choice, DURATION_POSITIVE, withSeconds } from '../words.ts';

/** Each word is `count` parts with colons between, the last of which may have more of them; none is empty, and no word is there twice. */
const parted =
  (count: number, form: string): Reading =>
  (reader, sink) => {
    const seen = new Set<string>();
    for (const word of reader.rest()) {
      if (word.open) continue;
      const pieces = word.text.split(':');
      const parts = [...pieces.slice(0, count - 1), pieces.slice(count - 1).join(':')];
      if (pieces.length < count || parts.includes(''))
        sink.refuse(word, `${sink.place} takes ${form}, not ${quote(word.text)}`);
      if (seen.has(word.text)) sink.refuse(word, `${sink.place} has ${quote(word.text)} twice`);
      seen.add(word.text);
    }
  };

export const azure: Grammar = {
  from: '1.6.2',
  line: parted(2, 'RESOURCE_GROUP:ZONE'),
  block: {
    subscription: property(one()),
    tenant: property(one()),
    client: property(one()),
    secret: property(one()),
    environment: property(one()),
    access: property(one(choice('public', 'private')), '1.6.8'),
    fallthrough: property(anything),
  },
};

export const clouddns: Grammar = {
  from: '1.6.3',
  line: parted(3, 'ZONE:PROJECT:HOSTED_ZONE'),
  block: {
    credentials: property(one()),
    fallthrough: property(anything),
    upstream: property(anything),
  },
};

/** `credentials PROFILE [FILE]` */
const profile: Reading = (reader, sink) => {
  one()(reader, sink);
  reader.nextArgument();
};

export const route53: Grammar = {
  from: '1.0.5',
  line: parted(2, 'ZONE:HOSTED_ZONE_ID'),
  block: {
    aws_access_key: property(atLeast(2)),
    aws_endpoint: property(one(), '1.8.7'),
    credentials: property(profile, '1.2.3'),
    refresh: property(one(withSeconds(DURATION_POSITIVE)), '1.6.2'),
    fallthrough: property(anything, '1.2.3'),
    upstream: property(anything, '1.2.3'),
  },
};

export const nomad: Grammar = {
  from: '1.13.0',
  single: true,
  anyCase: true,
  line: anything,
  block: {
    address: property(atLeast(1)),
    token: property(exactly(1)),
    ttl: property(exactly(1, between(0, 3600))),
    filter: property(exactly(1), '1.13.2'),
  },
};

/** `geoip FILE`; the file may not be there. */
export const geoip: Grammar = {
  from: '1.8.5',
  once: {},
  line: exactly(1),
  block: { 'edns-subnet': property(nothing, '1.9.2') },
  blockReleases: { from: '1.9.2' },
};
