/** Reads the lines of script.sh.ts: a tool's name, its exit status, and a line of what it says of itself. */
import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { endedLinesOf } from '../shared/lines.ts';
import { readOutput, type Seen } from '../shared/read-output.ts';
import type { ToolVersion, ToolVersionsOutcome } from './probe.ts';
import { TOOLS } from './script.sh.ts';
import { versionIn } from './version-line.ts';

const LINE = /^(?<name>[a-z]{2,10}) \d{1,3} (?<text>.*)$/;
const END = 'end';
/** Most characters that are kept of a line that is not understood. */
const QUOTED = 200;

const readLine = (line: string): ToolVersion | undefined => {
  const groups = LINE.exec(line)?.groups;
  const name = TOOLS.find((tool) => tool === groups?.name);
  if (name === undefined) return undefined;
  const text = (groups?.text ?? '').trim();
  const version = versionIn(text);
  if (version !== undefined) return { name, ...version };
  return text === '' ? { name } : { name, text: text.slice(0, QUOTED) };
};

const read = ({ exit, stdout, cut }: Seen): ToolVersionsOutcome | undefined => {
  const lines = endedLinesOf(stdout);
  if (exit !== 0 || cut.includes('stdout') || !stdout.endsWith('\n') || lines.at(-1) !== END)
    return undefined;
  const tools: ToolVersion[] = [];
  for (const line of lines.slice(0, -1)) {
    const tool = readLine(line);
    if (tool === undefined || tools.some(({ name }) => name === tool.name)) return undefined;
    tools.push(tool);
  }
  return { kind: 'tool-versions', tools };
};

export const parseToolVersions = (output: ToolOutput): ToolVersionsOutcome | Unreadable | DidNotRun =>
  readOutput(output, read);
