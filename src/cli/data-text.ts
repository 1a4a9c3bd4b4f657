import type { OutputFormat } from './command.ts';

/** A value for a program, in the form that was asked for. YAML is loaded only where it is. */
export const dataText = async (value: unknown, form: Exclude<OutputFormat, 'text'>): Promise<string> =>
  form === 'yaml'
    ? (await import('../report/yaml.ts')).renderYaml(value)
    : (await import('../report/json.ts')).renderJson(value);
