/** Of a container's environment, what says which proxy its app uses. All other variables are dropped as they arrive. */
import * as z from 'zod/mini';

/** As most HTTP clients read them, in either case. */
const PROXY_VARIABLE = /^(?:https?|all|no)_proxy$/i;
/** Stands for a user name and password that were cut out. */
export const REMOVED = '(removed)@';

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string | undefined;
  /** The value comes from elsewhere (a Secret, a ConfigMap, a field), and is not known. */
  readonly valueFrom?: object | undefined;
}

/** `$(NAME)` as the kubelet reads it, from variables above; undefined where it names one that is not known. */
const expanded = (text: string, above: ReadonlyMap<string, string>): string | undefined => {
  let whole = true;
  const value = text.replace(/\$(?:\$|\((?<name>[\w.-]{1,253})\))/g, (found, name: string | undefined) => {
    if (name === undefined) return '$';
    const known = above.get(name);
    whole &&= known !== undefined;
    return known ?? found;
  });
  return whole ? value : undefined;
};

/** All before the last @, as a password may hold a slash that nobody escaped. */
const withoutUser = (value: string): string =>
  value.replace(/^(?<scheme>[a-z][a-z\d+.-]*:\/\/)?.*@/is, `$<scheme>${REMOVED}`);

/** The proxy variables with their values, without user names and passwords; an unknown value is `valueFrom: {}`. */
export const proxyVariables = (
  environment: readonly EnvironmentVariable[],
): readonly EnvironmentVariable[] => {
  const above = new Map<string, string>();
  const kept = new Map<string, EnvironmentVariable>();
  for (const { name, value = '', valueFrom } of environment) {
    const known = valueFrom === undefined ? expanded(value, above) : undefined;
    if (known === undefined) above.delete(name);
    else above.set(name, known);
    // Of two with one name, the last counts.
    if (PROXY_VARIABLE.test(name))
      kept.set(name, known === undefined ? { name, valueFrom: {} } : { name, value: withoutUser(known) });
  }
  return [...kept.values()];
};

const variableSchema = z.object({
  name: z.string(),
  value: z.optional(z.string()),
  valueFrom: z.optional(z.object({})),
});

/** For `env` of a container: reads the API's form and its own output alike. */
export const proxyVariablesSchema = z.pipe(
  z.array(variableSchema),
  z.transform((all: z.infer<typeof variableSchema>[]) => proxyVariables(all)),
);
