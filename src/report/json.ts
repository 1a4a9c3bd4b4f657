/** `-o json`: the report as it is. Key order is that of the value, which judging makes the same way each time. */
import type { Report } from '../model/report.ts';
import { visibleJson } from './safe.ts';

export const renderJson = (report: Report): string =>
  `${visibleJson(JSON.stringify(report, undefined, 2))}\n`;
