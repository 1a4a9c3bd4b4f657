/** Signed zones: sign, dnssec. */
import type { Grammar, Reading } from '../grammar.ts';
import { anything, exactly, one, property } from '../readings.ts';
import { INTEGER } from '../words.ts';

/** A file, and the zones that are in it. */
const fileAndZones: Reading = (reader, sink) => {
  one()(reader, sink);
  reader.rest();
};

/** `key file NAME…` or, of dnssec since 1.12.2, `key aws_secretsmanager NAME…`. */
const key: Reading = (reader, sink) => {
  const at = reader.token();
  if (!reader.nextArgument()) {
    sink.refuse(at, `${sink.place} takes file and the names of keys, and has neither`);
    return;
  }
  const source = reader.token();
  if (source.text === 'directory') sink.refuse(source, `${sink.place} takes file, not directory`);
  if (source.text === 'file' && reader.rest().length === 0)
    sink.refuse(source, `${sink.place} does not say which files`);
};

export const sign: Grammar = {
  from: '1.6.3',
  line: fileAndZones,
  block: { key: property(key), directory: property(exactly(1)) },
};

const dnssecKey: Reading = (reader, sink) => {
  const at = reader.token();
  if (!reader.nextArgument()) {
    sink.refuse(at, 'key of dnssec takes file and the names of keys, and has neither');
    return;
  }
  const { text } = reader.token();
  const named = text === 'file' || text === 'aws_secretsmanager';
  if (named && reader.rest().length === 0) sink.refuse(at, `key ${text} of dnssec does not say which`);
};
export const dnssec: Grammar = {
  once: { from: '1.1.0' },
  line: anything,
  block: { key: property(dnssecKey), cache_capacity: property(one(INTEGER)) },
};
