/** What the nameservers of the recorded world answer. */
import dnsPacket from 'dns-packet';
import { type Data, type Entry, ZONE } from './dns-zone.ts';

export interface Reply {
  readonly delayMs: number;
  readonly bytes: Buffer;
}
export type Answer = (query: dnsPacket.DecodedPacket, tcp: boolean) => Reply | undefined;

const RCODES: { readonly [name: string]: number } = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
};
const TTL = 5;
const SOA: dnsPacket.Answer = {
  type: 'SOA',
  name: 'example.com',
  ttl: TTL,
  data: {
    mname: 'ns.example.com',
    rname: 'hostmaster.example.com',
    serial: 1,
    refresh: 7200,
    retry: 1800,
    expire: 86_400,
    minimum: 5,
  },
};

const withOwner = (record: Data, name: string): dnsPacket.Answer => ({ ...record, name, ttl: TTL });

/** As a resolver answers: all aliases on the way, then the records; NXDOMAIN where the last name does not exist. */
const resolve = (
  name: string,
  type: string,
): { readonly code: string; readonly answers: dnsPacket.Answer[] } => {
  const answers: dnsPacket.Answer[] = [];
  const seen = new Set<string>();
  let owner = name;
  for (;;) {
    const target: string | undefined = ZONE[owner]?.cname;
    if (target === undefined || seen.has(owner)) break;
    seen.add(owner);
    answers.push({ type: 'CNAME', name: owner, ttl: TTL, data: target });
    owner = target;
  }
  const entry: Entry | undefined = ZONE[owner];
  const code = entry === undefined ? 'NXDOMAIN' : (entry.codes?.[type] ?? 'NOERROR');
  const records = code === 'NOERROR' ? (entry?.records ?? []) : [];
  answers.push(...records.filter((record) => record.type === type).map((record) => withOwner(record, owner)));
  return { code, answers };
};

export const answerWith =
  (options: { always?: string; flags: number }): Answer =>
  (query, tcp) => {
    const question = query.questions?.[0];
    const name = question?.name.toLowerCase() ?? '';
    const reply = (code: string, flags: number, answers: dnsPacket.Answer[], delayMs = 0): Reply => ({
      delayMs,
      bytes: dnsPacket.encode({
        type: 'response',
        id: query.id ?? 0,
        flags:
          options.flags | flags | ((query.flags ?? 0) & dnsPacket.RECURSION_DESIRED) | (RCODES[code] ?? 2),
        questions: query.questions ?? [],
        answers,
        authorities: answers.length === 0 && ['NOERROR', 'NXDOMAIN'].includes(code) ? [SOA] : [],
      }),
    });
    if (options.always !== undefined) return reply(options.always, 0, []);
    const { code, answers } = resolve(name, question?.type ?? 'A');
    if (code === 'SILENT') return undefined;
    if (ZONE[name]?.truncated === true && !tcp && answers.length > 0)
      return reply(code, dnsPacket.TRUNCATED_RESPONSE, []);
    return reply(code, 0, answers, ZONE[name]?.delayMs);
  };

/** A header that fits the query, and nothing behind it that can be read. */
export const broken: Answer = (query) => ({
  delayMs: 0,
  bytes: dnsPacket
    .encode({ type: 'response', id: query.id ?? 0, flags: 0, questions: query.questions ?? [] })
    .fill(0xff, 12),
});

/** Takes no notice of the first of each two queries that ask the same. */
export const deafAtFirst = (answer: Answer): Answer => {
  const heard = new Set<string>();
  return (query, tcp) => {
    const key = JSON.stringify(query.questions);
    if (heard.delete(key)) return answer(query, tcp);
    heard.add(key);
    return undefined;
  };
};
