/** Which releases the debug image's tools are of: what a report of a misread output needs to say. */
import * as z from 'zod/mini';
import { defineProbe } from '../../src/model/probe.ts';
import { parseToolVersions } from './parse.ts';
import { SCRIPT, type TOOLS } from './script.sh.ts';

const question = z.object({});

export interface ToolVersion {
  readonly name: (typeof TOOLS)[number];
  /** As the tool writes it: `8.17.0`, `20250605`, `9.20.13`, `1.229-1`. undefined: it told none that is known. */
  readonly version?: string | undefined;
  /** Whose it is, where there are several: `BIND`, `iputils`, `OpenBSD`, `BusyBox`; of curl, its TLS library. */
  readonly flavour?: string | undefined;
  /** What it printed, where that is not understood. */
  readonly text?: string | undefined;
}

export interface ToolVersionsOutcome {
  readonly kind: 'tool-versions';
  /** A tool that the image does not have is not listed. */
  readonly tools: readonly ToolVersion[];
}

export default defineProbe<'tool-versions', z.infer<typeof question>, ToolVersionsOutcome>({
  id: 'tool-versions',
  layer: 'target',
  tool: 'sh',
  summary: 'the releases of the tools in the debug image',
  question,
  command: () => ['sh', '-c', SCRIPT],
  // Eight programs are loaded from an image that may be cold.
  timeLimitSeconds: () => 6,
  usualMs: 80,
  parse: parseToolVersions,
});
