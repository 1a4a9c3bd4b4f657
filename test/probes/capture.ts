/** Captures of a corpus (JSON lines): what was asked in them, in our probes' terms. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const captureSchema = z.object({
  id: z.string(),
  flavour: z.string(),
  tool: z.string(),
  argv: z.array(z.string()),
  resolvConf: z.string().nullish(),
  exitCode: z.number(),
  stdout: z.string(),
  stderr: z.string(),
  truth: z.looseObject({ k: z.string() }),
});
export type Capture = z.infer<typeof captureSchema>;

export const capturesIn = (file: string): readonly Capture[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => captureSchema.parse(JSON.parse(line)));

export interface AskOfCapture {
  readonly probe: string;
  readonly question: unknown;
  readonly truth: Capture['truth'];
}

const TAKES_VALUE = /^-[coimswMWI]$|^--(?:connect-timeout|cacert|max-time|max-filesize|proto|noproxy)$/;

/** Arguments that are neither options nor their values. */
const operandsOf = (argv: readonly string[]): readonly string[] =>
  argv.slice(1).filter((argument, index, all) => {
    const before = all[index - 1];
    return !argument.startsWith('-') && (before === undefined || !TAKES_VALUE.test(before));
  });

/** nc's range of ports is several questions in one: the corpus calls its truth mixed, of which the first port is open. */
const portsOf = (text: string): readonly number[] => {
  const [from = 0, to = from] = text.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
};

export const asksOf = ({ tool, argv, resolvConf, truth }: Capture): readonly AskOfCapture[] => {
  const operands = operandsOf(argv);
  const [first = '', second] = operands;
  switch (tool) {
    case 'nslookup': {
      // Without a search list every name is an absolute one.
      const absolute = !/^search\s/m.test(resolvConf ?? '') && !first.endsWith('.');
      const server = second === undefined ? {} : { server: second };
      return [{ probe: 'dns-lookup', question: { name: absolute ? `${first}.` : first, ...server }, truth }];
    }
    case 'nc':
      return portsOf(second ?? '').map((port, index) => ({
        probe: 'tcp-connect',
        question: { host: first, port },
        truth: truth.k === 'mixed' ? { k: index === 0 ? 'open' : 'refused' } : truth,
      }));
    case 'curl': {
      const insecure = argv.includes('-k') || argv.includes('--insecure') ? { insecure: true } : {};
      return [{ probe: 'http-get', question: { url: operands.at(-1) ?? '', ...insecure }, truth }];
    }
    case 'ping': {
      const size = argv[argv.indexOf('-s') + 1];
      const payload = argv.includes('-s') ? { payloadBytes: Number(size) } : {};
      return [{ probe: 'icmp-echo', question: { host: operands.at(-1) ?? '', ...payload }, truth }];
    }
    default:
      throw new Error(`no probe reads ${tool}`);
  }
};
