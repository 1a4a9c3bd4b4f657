/** `judge CASE.json`: the verdict of a saved case, the same as that of the run which saved it. */
import { UserError } from '../errors.ts';
import type { Case } from '../model/case.ts';
import type { Report } from '../model/report.ts';
import { renderJson } from '../report/json.ts';
import { renderText } from '../report/text.ts';
import { readCase } from './case-file.ts';
import type { JudgeCommand, OutputOptions } from './command.ts';
import { exitCode } from './exit-code.ts';
import { fileErrorReason } from './file-error.ts';
import type { RunPorts } from './ports.ts';
import { textOptions } from './terminal.ts';

export const showReport = async (report: Report, output: OutputOptions, ports: RunPorts): Promise<void> => {
  const text =
    output.format === 'json'
      ? renderJson(report)
      : renderText(report, textOptions(output, ports.stdout, ports.env, ports.platform));
  await ports.stdout.write(text);
};

const load = async (file: string, ports: RunPorts): Promise<Case> => {
  const name = file === '-' ? 'stdin' : file;
  try {
    return readCase(await ports.files.read(file, ports.signal), name);
  } catch (error) {
    const reason = ports.signal.aborted ? undefined : fileErrorReason(error);
    if (reason === undefined) throw error;
    throw new UserError({ code: 'case-unreadable', message: `cannot read ${name}`, reason, cause: error });
  }
};

/** @throws UserError when the file is missing or holds no case of this version. */
export const runJudge = async (command: JudgeCommand, ports: RunPorts): Promise<number> => {
  const value = await load(command.file, ports);
  const judge = await ports.loadJudge();
  const report = judge(value);
  await showReport(report, command.output, ports);
  return exitCode(report, command.output.failOn);
};
