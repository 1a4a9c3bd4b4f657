import type { Report } from '../model/report.ts';
import { renderJson } from '../report/json.ts';
import { renderText } from '../report/text.ts';
import type { OutputOptions } from './command.ts';
import type { RunPorts } from './ports.ts';
import { textOptions } from './terminal.ts';

/** In the form that was asked for. */
export const reportText = (report: Report, output: OutputOptions, ports: RunPorts): string =>
  output.format === 'json'
    ? renderJson(report)
    : renderText(report, textOptions(output, ports.stdout, ports.env, ports.platform));

export const showReport = (report: Report, output: OutputOptions, ports: RunPorts): Promise<void> =>
  ports.stdout.write(reportText(report, output, ports));
