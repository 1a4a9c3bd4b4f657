import type { DidNotRun, ToolOutput, Unreadable } from '../../src/model/probe.ts';
import { readOutput } from '../shared/read-output.ts';
import { readCurl } from './parse-curl.ts';
import { readNc } from './parse-nc.ts';
import type { TcpConnectOutcome, TcpConnectQuestion } from './probe.ts';

export const parseTcpConnect = (
  output: ToolOutput,
  question: TcpConnectQuestion,
): TcpConnectOutcome | Unreadable | DidNotRun =>
  readOutput(output, (seen) => (question.via === 'curl' ? readCurl(seen, question) : readNc(seen, question)));
