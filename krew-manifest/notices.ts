/** The licence texts of everything in an archive that is not ours. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundle.ts';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** `node_modules/a/node_modules/@b/c/x.js` → `node_modules/a/node_modules/@b/c`; undefined for a file of our own. */
const packageFolder = (input: string): string | undefined =>
  /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

/** Licence and notice files of a package. One without any is told by what its package.json says. */
const licenceText = (folder: string): string => {
  const files = readdirSync(join(ROOT, folder))
    .filter((name) => LICENCE_FILE.test(name))
    .sort();
  if (files.length > 0)
    return files.map((name) => readFileSync(join(ROOT, folder, name), 'utf8').trim()).join('\n\n');
  return 'The package has no licence file.';
};

const notice = (folder: string): string => {
  const described = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  return `${described.name} ${described.version} (${described.license})\n\n${licenceText(folder)}\n`;
};

/** The packages behind these bundled files, sorted; a folder inside a package that has its own package.json is not one. */
export const bundledPackages = (inputs: readonly string[]): readonly string[] =>
  [...new Set(inputs.map(packageFolder))]
    .filter((folder) => folder !== undefined)
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))
    .sort();

/** One text: every bundled package, then Node.js with all that it carries. */
export const thirdPartyNotices = (inputs: readonly string[], runtime: string): string =>
  [...bundledPackages(inputs), `node_modules/${runtime}`].map(notice).join(`\n${'='.repeat(80)}\n\n`);
