/** `codes` and `explain CODE`: the registry of findings, offline. */
import type { Code } from '../codes/index.ts';
import { renderCode, renderCodes } from '../report/codes-text.ts';
import type { OutputOptions } from './command.ts';
import { dataText } from './data-text.ts';
import { EXIT } from './exit-status.ts';
import type { RunPorts } from './ports.ts';
import { textOptions } from './terminal.ts';
import { closest, usageError } from './usage-error.ts';

const show = async (
  value: Code | readonly Code[],
  text: (options: ReturnType<typeof textOptions>) => string,
  output: OutputOptions,
  ports: RunPorts,
): Promise<number> => {
  await ports.stdout.write(
    output.format === 'text'
      ? text(textOptions(output, ports.stdout, ports.env, ports.platform))
      : await dataText(value, output.format),
  );
  return EXIT.healthy;
};

export const runCodes = async (
  command: { readonly output: OutputOptions },
  ports: RunPorts,
): Promise<number> => {
  const { CODES } = await ports.loadCodes();
  return show(CODES, (options) => renderCodes(CODES, options), command.output, ports);
};

/** @throws UserError (exit status 2) for a code that there is not. */
export const runExplain = async (
  command: { readonly code: string; readonly output: OutputOptions },
  ports: RunPorts,
): Promise<number> => {
  const { CODES, findCode } = await ports.loadCodes();
  const found = findCode(command.code);
  if (found === undefined) {
    const meant = closest(
      command.code,
      CODES.flatMap(({ code, id }) => [code, id]),
    );
    throw usageError('no-such-code', `there is no finding ${command.code}`, {
      ...(meant === undefined ? {} : { reason: `did you mean ${meant}?` }),
      next: ['kubectl netcheck codes'],
    });
  }
  return show(found, (options) => renderCode(found, options), command.output, ports);
};
