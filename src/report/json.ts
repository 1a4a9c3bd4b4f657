/** `-o json`: the report, or another value, as it is. Key order is that of the value, which judging makes the same way each time. */
import { visibleJson } from './safe.ts';

export const renderJson = (value: unknown): string => `${visibleJson(JSON.stringify(value, undefined, 2))}\n`;
