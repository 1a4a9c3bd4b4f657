import type { Report } from '../model/report.ts';
import { renderText } from '../report/text.ts';
import type { OutputOptions } from './command.ts';
import { dataText } from './data-text.ts';
import type { RunPorts } from './ports.ts';
import { textOptions } from './terminal.ts';

/** In the form that was asked for. */
export const reportText = async (report: Report, output: OutputOptions, ports: RunPorts): Promise<string> =>
  output.format === 'text'
    ? renderText(report, textOptions(output, ports.stdout, ports.env, ports.platform))
    : dataText(report, output.format);

export const showReport = async (report: Report, output: OutputOptions, ports: RunPorts): Promise<void> =>
  ports.stdout.write(await reportText(report, output, ports));
