/** `--report FORMAT=FILE`, read. Pure. */
import { closest, usageError } from './usage-error.ts';

export const REPORT_FORMATS = ['json', 'yaml', 'junit', 'markdown', 'html', 'github'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportFile {
  readonly format: ReportFormat;
  /** A path; never `-`. */
  readonly file: string;
}

const FORMS = `it is one of: ${REPORT_FORMATS.join(', ')}`;

const readOne = (text: string): ReportFile => {
  const equals = text.indexOf('=');
  const [word, file] = equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
  const format = REPORT_FORMATS.find((known) => known === word);
  if (format === undefined) {
    const meant = closest(word.toLowerCase(), REPORT_FORMATS);
    throw usageError('bad-value', `--report: "${word}" is no format of a report`, {
      reason: `${meant === undefined ? '' : `did you mean ${meant}? `}${FORMS}`,
    });
  }
  if (file === '')
    throw usageError('value-missing', `--report ${format}: which file?`, {
      reason: `write --report ${format}=FILE`,
    });
  if (file === '-')
    throw usageError('bad-value', `--report ${format}=-: stdout belongs to -o/--output`, {
      reason: format === 'json' || format === 'yaml' ? `write -o ${format}` : `write --report ${format}=FILE`,
    });
  return { format, file };
};

/**
 * @param taken what is written besides: the file of --save.
 * @throws UserError (exit status 2), also where two of them would be written to one file.
 */
export const readReportFiles = (
  texts: readonly string[],
  taken: string | undefined,
): readonly ReportFile[] => {
  const reports = texts.map(readOne);
  const files = [...reports.map(({ file }) => file), ...(taken === undefined ? [] : [taken])];
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined)
    throw usageError('flags-conflict', `two things would be written to ${twice}`, {
      reason: 'each --report, and --save, needs a file of its own',
    });
  return reports;
};
