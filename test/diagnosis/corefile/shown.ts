/** A parsed Corefile as a golden shows it. */
import { isDeepStrictEqual } from 'node:util';
import {
  answererOf,
  type Corefile,
  type ServerBlock,
  serversOf,
  upstreamsOf,
} from '../../../src/diagnosis/corefile/index.ts';
import type { Token } from '../../../src/diagnosis/corefile/tokens.ts';

const word = ({ text, unseen }: Token): string =>
  unseen ? `import ${text}` : /^\S+$/.test(text) ? text : JSON.stringify(text);

/** `4  lameduck 5s`: the words of each line, behind its number. */
const linesOf = (tokens: readonly Token[]): readonly string[] => {
  const lines: [number, string[]][] = [];
  for (const token of tokens) {
    const last = lines.at(-1);
    if (last !== undefined && last[0] === token.line) last[1].push(word(token));
    else lines.push([token.line, [word(token)]]);
  }
  return lines.map(([line, words]) => `${line}  ${words.join(' ')}`);
};

const shownBlock = ({ line, keys, directives, imports }: ServerBlock): unknown => ({
  line,
  keys: keys.map(({ text }) => text),
  directives: directives.flatMap(({ tokens }) => linesOf(tokens)),
  ...(imports.length === 0 ? {} : { imports }),
});

export const shownTree = ({ blocks, imports }: Corefile): unknown => ({
  blocks: blocks.map(shownBlock),
  ...(imports.length === 0 ? {} : { imports }),
});

export const shownUpstreams = (corefile: Corefile): unknown =>
  upstreamsOf(corefile).map(({ block, ...upstream }) => upstream);

/** Who answers `name`, in one line. */
export const shownAnswer = (corefile: Corefile, name: string, port: number): unknown => {
  const answered = answererOf(serversOf(corefile), name, port);
  if (answered === undefined) return 'no server block';
  const { server, zone, certain, by, mayAnswer } = answered;
  return {
    block: server.block.line,
    zone,
    certain,
    by:
      by.kind === 'upstreams'
        ? `${by.upstreams[0]?.plugin} on line ${by.line}`
        : by.kind === 'kubernetes'
          ? `kubernetes ${by.zone} on line ${by.line}`
          : by.kind,
    ...(mayAnswer.length === 0 ? {} : { mayAnswer }),
  };
};

const bare = ({ text, lineBreaks, open, unseen }: Token): unknown => ({ text, lineBreaks, open, unseen });
/** But for the numbers of lines: of them only which words share one. */
const bareTree = ({ blocks }: Corefile): unknown =>
  blocks.map(({ keys, directives }) => ({
    keys: keys.map(bare),
    directives: directives.map(({ name, tokens }) => ({
      name,
      tokens: tokens.map((token, index) => [bare(token), token.line === tokens[index - 1]?.line]),
    })),
  }));
export const sameTree = (a: Corefile, b: Corefile): boolean => isDeepStrictEqual(bareTree(a), bareTree(b));
