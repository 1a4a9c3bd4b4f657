/** The files of `--report`. Each form is loaded only where it is asked for. */
import { UserError } from '../errors.ts';
import { fileErrorReason } from '../file-error.ts';
import type { Report } from '../model/report.ts';
import type { Files } from './ports.ts';
import type { ReportFile, ReportFormat } from './report-file.ts';
import { saveError } from './save-error.ts';

const RENDERERS: Readonly<Record<ReportFormat, () => Promise<(report: Report) => string>>> = {
  json: async () => (await import('../report/json.ts')).renderJson,
  yaml: async () => (await import('../report/yaml.ts')).renderYaml,
  junit: async () => (await import('../report/junit.ts')).renderJunit,
  markdown: async () => (await import('../report/markdown.ts')).renderMarkdown,
  html: async () => (await import('../report/html.ts')).renderHtml,
  github: async () => (await import('../report/github.ts')).renderGithub,
};

/** Asked before the run, as a run leaves a container in the pod: it should not be for nothing. @throws UserError */
export const tryReports = async (reports: readonly ReportFile[] | undefined, files: Files): Promise<void> => {
  for (const { file } of reports ?? [])
    await files.tryWrite(file).catch((error: unknown) => {
      throw saveError(file, error);
    });
};

/** Writes all that can be written, readable by the user only. Resolves with what is to be told of those that could not. */
export const writeReports = async (
  report: Report,
  reports: readonly ReportFile[] | undefined,
  files: Files,
): Promise<UserError | undefined> => {
  const failed: { readonly file: string; readonly reason: string; readonly cause: unknown }[] = [];
  for (const { format, file } of reports ?? []) {
    const render = await RENDERERS[format]();
    const text = render(report);
    try {
      await files.writePrivate(file, text);
    } catch (cause) {
      const reason = fileErrorReason(cause);
      if (reason === undefined) throw cause;
      failed.push({ file, reason, cause });
    }
  }
  if (failed.length === 0) return undefined;
  return new UserError({
    code: 'report-failed',
    message: `cannot write ${failed.map(({ file }) => file).join(', ')}`,
    reason: [...new Set(failed.map(({ reason }) => reason))].join('; '),
    cause: failed[0]?.cause,
  });
};
