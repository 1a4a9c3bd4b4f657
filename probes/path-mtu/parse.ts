/** Reads the steps of script.sh.ts: pings of one size each, and what `ip` knows of the route and its link. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { parseIcmpEcho } from '../icmp-echo/parse.ts';
import type { IcmpEchoOutcome } from '../icmp-echo/probe.ts';
import { linesOf, matchesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import { type Step, stepsOf } from '../shared/steps.ts';
import type { PathMtuOutcome, PathMtuQuestion } from './probe.ts';

/** PING web (10.96.0.7) 56(84) bytes of data. iputils of 2022 leaves the name out where a family is asked for. */
const HEADER = /^PING \S{0,255}? ?\((?<address>[\da-fA-F.:]{2,45})(?:%\S{1,16})?\) .{1,80}$/;
/** 203.0.113.10 via 10.77.0.1 dev eth0 src 10.77.0.2 uid 0 \    cache expires 594sec mtu 1300 */
const ROUTE = /^(?:\S{1,60} ){0,3}\S{1,60} .{0,400}? mtu (?:lock )?(?<mtu>\d{1,9})\b.{0,200}$/;
const LEARNT = /\bexpires -?\d{1,12}sec\b/;

interface Try {
  readonly payload: number;
  readonly outcome: IcmpEchoOutcome | Unreadable | DidNotRun;
}

const SIZE = /^\d{1,5}$/;
const SMALL = 56;
const LARGEST_PAYLOAD = 65_507;

const tryOf = ({ words, text, exit }: Step): Try | undefined => {
  const [size = ''] = words;
  if (exit === undefined || !SIZE.test(size)) return undefined;
  // The script joins both streams; each line is of one or the other.
  return {
    payload: Number(size),
    outcome: parseIcmpEcho({ exitCode: exit, stdout: text, stderr: text, cut: [] }),
  };
};

/** What the small echo says where it did not come back. */
const notMeasured = (
  outcome: Exclude<Try['outcome'], { kind: 'replied' }>,
): PathMtuOutcome | DidNotRun | undefined => {
  switch (outcome.kind) {
    case 'no-reply':
      return { kind: 'no-reply' };
    case 'unreachable': {
      const { which, by } = outcome;
      return { kind: 'unreachable', which, ...(by === undefined ? {} : { by }) };
    }
    case 'not-permitted':
    case 'name-failure':
      return { kind: outcome.kind };
    case 'did-not-run':
      return outcome;
    case 'too-big':
    case 'unreadable':
      return undefined;
  }
};

interface Told {
  readonly mtu: number;
  readonly by?: string | undefined;
}

const toldIn = ({ outcome }: Try): readonly Told[] =>
  outcome.kind === 'too-big'
    ? (outcome.errors ?? []).flatMap(({ mtu, by }) => (mtu === undefined ? [] : [{ mtu, by }]))
    : [];

/** The least is the path's; of the same, one whose sender is known. */
const least = (all: readonly Told[]): Told | undefined =>
  [...all].sort((a, b) => a.mtu - b.mtu || Number(a.by === undefined) - Number(b.by === undefined))[0];

const known = (steps: readonly Step[]) => {
  const link = Number(steps.find(({ name }) => name === 'link')?.words[1] ?? 0);
  const routes = steps
    .filter(({ name }) => name === 'route')
    .flatMap(({ text }) => linesOf(text))
    .flatMap((line) => {
      const mtu = ROUTE.exec(line)?.groups?.mtu;
      return mtu === undefined ? [] : [{ mtu: Number(mtu), learnt: LEARNT.test(line) }];
    });
  return {
    linkMtu: link > 0 ? link : undefined,
    routeMtu: routes.find(({ learnt }) => !learnt)?.mtu,
    learnt: routes.filter(({ learnt }) => learnt).map(({ mtu }): Told => ({ mtu })),
  };
};

const measured = (
  tries: readonly Try[],
  header: number,
  { linkMtu, routeMtu, learnt }: ReturnType<typeof known>,
): PathMtuOutcome => {
  const sizes = (came: boolean): readonly number[] =>
    tries
      .filter(({ outcome }) => (outcome.kind === 'replied') === came)
      .map(({ payload }) =>
        payload === LARGEST_PAYLOAD && linkMtu !== undefined ? linkMtu : payload + header,
      );
  const mtu = Math.max(...sizes(true));
  const tooBig = Math.min(...sizes(false).filter((size) => size > mtu));
  const told = least([...learnt, ...tries.flatMap(toldIn)].filter((one) => one.mtu !== routeMtu));
  return {
    kind: 'measured',
    mtu,
    ...(linkMtu === undefined ? {} : { linkMtu }),
    ...(routeMtu === undefined ? {} : { routeMtu }),
    ...(told === undefined ? {} : { told: told.mtu }),
    ...(told?.by === undefined ? {} : { toldBy: told.by }),
    ...(Number.isFinite(tooBig) ? { tooBig } : {}),
  };
};

const read = (seen: Seen): PathMtuOutcome | DidNotRun | undefined => {
  const steps = seen.exit === 0 && !seen.cut.includes('stdout') ? stepsOf(seen.stdout) : undefined;
  if (steps === undefined) return undefined;
  const pings = steps.filter(({ name }) => name === 'ping');
  const tries = pings.flatMap((step) => tryOf(step) ?? []);
  const [small, ...larger] = tries;
  if (small === undefined || tries.length < pings.length || small.payload !== SMALL) return undefined;
  if (small.outcome.kind !== 'replied') return larger.length === 0 ? notMeasured(small.outcome) : undefined;
  const address = matchesOf(linesOf(pings[0]?.text ?? ''), HEADER)[0]?.address;
  const last = larger.at(-1);
  if (address === undefined || last === undefined) return undefined;
  for (const { payload, outcome } of larger) {
    switch (outcome.kind) {
      case 'replied':
      case 'no-reply':
      case 'too-big':
        break;
      case 'unreachable': {
        const { which, by } = outcome;
        return { kind: 'unreachable', which, ...(by === undefined ? {} : { by }), payloadBytes: payload };
      }
      default:
        return undefined;
    }
  }
  // The last word, where sizes were lost without a word: does a small one still come back?
  if (last.payload === SMALL && last.outcome.kind !== 'replied') return { kind: 'no-reply' };
  return measured(tries, address.includes(':') ? 48 : 28, known(steps));
};

export const parsePathMtu = (
  output: ToolOutput,
  _question: PathMtuQuestion,
): PathMtuOutcome | Unreadable | DidNotRun => readOutput(output, read);
