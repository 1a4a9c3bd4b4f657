/** Texts that would take for ever if anything in the reading of them were more than linear. */

const fill = (unit: string, size: number): string =>
  unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const numbered = (line: (index: number) => string, size: number): string => {
  const lines: string[] = [];
  for (let length = 0; length < size; length += (lines.at(-1)?.length ?? 0) + 1)
    lines.push(line(lines.length));
  return lines.join('\n');
};

/** Name, text of that size. */
export const largeTexts = (size: number): readonly (readonly [string, string])[] => {
  const filled = (unit: string): string => fill(unit, size);
  const half = (unit: string): string => fill(unit, size / 2);
  const lines = (line: (index: number) => string): string => numbered(line, size);
  return [
    ['one word', filled('a')],
    ['digits as an argument', `. {\ncache 30 {\nservfail ${filled('1')}\n}\n}`],
    ['dots', `. {\nforward . ${filled('1.')}\n}`],
    ['colons', `. {\nforward . ${filled(':')}x\n}`],
    ['openings of variables', `. {\nlog ${filled('{%{$')}\n}`],
    ['placeholders', `. {\nlog ${filled('__PILLAR__A')}\n}`],
    ['quotes', filled('"')],
    ['one quoted word', `. {\nlog "${filled('\\"')}"\n}`],
    ['line breaks', filled('\n')],
    ['comments', filled('#\n')],
    ['opening braces', `. {\nlog ${filled('{\n')}`],
    ['closing braces', filled('}\n')],
    ['keys', lines((index) => `zone-${index},`)],
    ['server blocks', lines((index) => `zone-${index} {\nforward . 127.0.0.1\nloop\n}`)],
    ['the same server block', filled('. {\nwhoami\n}\n')],
    ['bound server blocks', lines((index) => `. {\nbind 10.${index & 255}.${(index >> 8) & 255}.1\n}`)],
    [
      'a chain of blocks',
      lines((index) => `.:${1 + (index % 65_000)} {\nforward . 127.0.0.1:${2 + (index % 65_000)}\n}`),
    ],
    [
      'keys and upstreams',
      `${numbered((index) => `z${index},`, size / 2)}end {\n${half('forward . 127.0.0.1\n')}\n}`,
    ],
    ['unknown properties', `. {\nforward . 1.1.1.1 {\n${filled('no_such_property\n')}\n}\n}`],
    ['short unknown properties', `. {\nforward . 1.1.1.1 {\n${filled('x\n')}\n}\n}`],
    ['one long unknown property', `. {\nforward . 1.1.1.1 {\n${filled('x')}\n}\n}`],
    ['unknown plugins', `. {\n${lines((index) => `plugin${index}`)}\n}`],
    ['forwards', `. {\n${filled('forward . 1.1.1.1\n')}\n}`],
    ['upstreams', `. {\nforward . ${filled('1.1.1.1 ')}\n}`],
    ['blocks of addresses', filled('10.0.0.0/9 {\nwhoami\n}\n')],
    ['file imports', filled('import a/*\n')],
    ['file imports in a block', `. {\n${filled('import a/*\n')}\n}`],
    ['file imports in a plugin', `. {\nforward . 1.1.1.1 {\n${filled('import a/*\n')}\n}\n}`],
    ['imports of an empty snippet', `(s) {\n}\n. {\n${filled('import s\n')}\n}`],
    ['imports of a large snippet', `(s) {\n${half('log\n')}\n}\n. {\n${half('import s\n')}\n}`],
    [
      'snippets that double',
      `${Array.from({ length: 40 }, (_, index) => `(s${index + 1}) {\nimport s${index}\nimport s${index}\n}`).join('\n')}\n(s0) {\nlog\n}\n. {\nimport s40\n}`,
    ],
    [
      'snippets that double, in order',
      `(s0) {\nlog\n}\n${Array.from({ length: 40 }, (_, index) => `(s${index + 1}) {\nimport s${index}\nimport s${index}\n}`).join('\n')}\n. {\nimport s40\n}`,
    ],
    ['a snippet that imports itself', '(s) {\nlog\nimport s\n}\n. {\nimport s\n}'],
    ['snippets', lines((index) => `(s${index}) {\n}`)],
    ['answers of a rewrite', `. {\nrewrite name suffix a b ${filled('answer auto ')}\n}`],
    ['a regular expression', `. {\ntemplate IN A {\nmatch "${filled('[[:')}"\n}\n}`],
    ['a regular expression of brackets', `. {\ntemplate IN A {\nmatch "${filled('(')}"\n}\n}`],
    ['labels', `${filled('a.')} {\nwhoami\n}`],
    ['hosts', `. {\nhosts {\n${filled('10.0.0.1 a\n')}\nfallthrough\n}\n}`],
    ['percents', `. {\nforward . ${filled('%')}\n}`],
    ['zeros of a prefix', `. {\nacl {\nallow net 10.0.0.0/${filled('0')}x\n}\n}`],
    ['units', `. {\ncancel ${filled('1s')}\n}`],
  ];
};
