/** Reads nslookup, of BIND or of BusyBox. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { BAD_NAME } from '../shared/dighost.ts';
import { endedLinesOf, linesOf, matchesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import { systemError } from '../shared/system-error.ts';
import * as line from './lines.ts';
import { readBind } from './parse-bind.ts';
import { readBusybox, readSmallBusybox } from './parse-busybox.ts';
import type { DnsLookupOutcome, DnsLookupQuestion } from './probe.ts';

/** The tool asked nobody, because the name cannot be one. BusyBox sends what it could not make, and is told that it is too long. */
const isNoName = ({ exit, stdout, stderr }: Seen): boolean => {
  if (exit === undefined || exit === 0) return false;
  const errors = endedLinesOf(stderr);
  if (stdout === '') return errors.length === 1 && errors.every((text) => BAD_NAME.test(text));
  const writes = errors.map((text) => line.WRITE_FAILED.exec(text)?.groups?.error);
  return writes.length > 0 && writes.every((error) => systemError(error ?? '') === 'message-too-long');
};

const read = (seen: Seen, question: DnsLookupQuestion): DnsLookupOutcome | DidNotRun | undefined => {
  if (seen.cut.includes('stdout')) return undefined;
  const both = [...linesOf(seen.stdout), ...linesOf(seen.stderr)];
  if (both.some((text) => line.SMALL_ADDRESS.test(text) || line.SMALL_FAILED.test(text)))
    return readSmallBusybox(seen, question);
  // A name with an empty or too long label does not exist for any resolver.
  if (isNoName(seen)) return { kind: 'not-found', failedServers: [] };
  const servers = new Set(matchesOf(both, line.SERVER_ADDRESS).map(({ bind, busybox }) => bind ?? busybox));
  if (servers.size > 1) return undefined;
  const isBusybox = both.some(
    (text) =>
      line.SERVER_ADDRESS.exec(text)?.groups?.busybox !== undefined ||
      line.WRITE_FAILED.test(text) ||
      line.CONNECT_FAILED.test(text),
  );
  return isBusybox ? readBusybox(seen, question) : readBind(seen, question);
};

export const parseDnsLookup = (
  output: ToolOutput,
  question: DnsLookupQuestion,
): DnsLookupOutcome | Unreadable | DidNotRun => readOutput(output, (seen) => read(seen, question));
