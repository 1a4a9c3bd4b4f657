/** The recordings of a real API server and node that the double is held against (fixtures/, from shared/api). */
import { readFileSync } from 'node:fs';
import type { Loose } from '../sandbox/api/json.ts';

export interface Exchange {
  readonly name: string;
  readonly note: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Loose;
  };
  readonly response: {
    readonly status: number;
    /** null where there is none. */
    readonly contentType: string | null;
    readonly body: Loose;
  };
}

export interface Timeline {
  readonly name: string;
  readonly container: Loose;
  readonly watch: readonly {
    readonly type: string;
    readonly generation: number;
    readonly observedGeneration: number;
    /** Of the ephemeral container; null before the node has taken notice. */
    readonly status: Loose;
  }[];
  /** One entry for each change of the answer. */
  readonly log: readonly { readonly ms: number; readonly status: number; readonly body: string }[];
}

export interface ExecRecording {
  readonly name: string;
  readonly protocolsOffered: readonly string[];
  readonly command: readonly string[];
  readonly container: string;
  readonly frames: readonly { readonly channel: number; readonly text: string }[];
  readonly protocol?: string;
  readonly close?: { readonly code: number; readonly reason: string };
  /** Where it never came to an upgrade. */
  readonly http?: { readonly status: number; readonly body: string };
}

const read = (file: string): readonly Loose[] =>
  readFileSync(new URL(`fixtures/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

export const exchanges: readonly Exchange[] = read('transcripts');
/** Lines of events follow the timeline that they belong to; the node's own test compares those. */
export const timelines: readonly Timeline[] = read('timelines').filter((line) => line.watch !== undefined);
export const execRecordings: readonly ExecRecording[] = read('exec');

export const recorded = (name: string): Exchange => {
  const found = exchanges.find((exchange) => exchange.name === name);
  if (found === undefined) throw new Error(`no recorded exchange ${name}`);
  return found;
};
