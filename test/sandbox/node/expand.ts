/** What a kubelet does to a container's command: `$(NAME)` becomes the variable's value where there is one, `$$` becomes `$`. */
export const expand = (word: string, variables: Readonly<Record<string, string>>): string =>
  word.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (variables[name] ?? whole),
  );
