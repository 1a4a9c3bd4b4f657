/**
 * `npm run complete-lock`, after a change of dependencies. A registry may hold the builds of a tool (Biome, swc, …) for some
 * platforms only; npm then leaves the others out of package-lock.json, and `npm ci` refuses such a lock everywhere. This
 * adds them by the version that the tool asks for, and with the platform that their name tells. They have no checksum, since
 * nobody has seen them: npm takes the registry's, where there is one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface Entry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Of package-lock.json, by path: `node_modules/a/node_modules/b`. */
export type Packages = Readonly<Record<string, Entry>>;

export interface Missing {
  readonly name: string;
  readonly version: string;
  /** The path of the package that asks for it. */
  readonly by: string;
}

const LOCK = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const SYSTEMS = /^(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)$/;
const CPUS = /^(arm|arm64|ia32|loong64|mips64el|ppc64|riscv64|s390x|wasm32|x64)$/;

/** `@swc/core-linux-x64-musl` → what its package.json says of the platform; undefined where the name does not tell. */
const platformOf = (name: string): Entry | undefined => {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => SYSTEMS.test(word));
  const cpu = words.filter((word) => CPUS.test(word));
  if (cpu.length !== 1 || (os.length !== 1 && cpu[0] !== 'wasm32')) return undefined;
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  return { cpu, ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) };
};

/** As Node.js looks for it: in the package's own node_modules, then in every one above. */
const isLocked = (packages: Packages, from: string, name: string): boolean => {
  for (
    let folder = from;
    folder.includes('/node_modules/');
    folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))
  )
    if (`${folder}/node_modules/${name}` in packages) return true;
  return (
    `${from.replace(/\/node_modules\/.*/, '')}/node_modules/${name}` in packages ||
    `node_modules/${name}` in packages
  );
};

/** The optional dependencies that the lock does not have. */
export const missingOptional = (packages: Packages): readonly Missing[] =>
  Object.entries(packages).flatMap(([by, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, by, name))
      .map(([name, version]) => ({ name, version, by })),
  );

/** The same lock with them added. Throws where a name does not tell the platform, or the version is a range. */
export const completed = (packages: Packages): Packages => {
  const added = missingOptional(packages).map(({ name, version, by }) => {
    const platform = platformOf(name);
    if (platform === undefined || !/^\d+\.\d+\.\d+$/.test(version))
      throw new Error(
        `${name}@${version}, for ${by}, is not in package-lock.json, and its name does not tell its platform.`,
      );
    const dev = packages[by]?.dev === true && { dev: true };
    return [`node_modules/${name}`, { version, ...dev, optional: true, ...platform }] as const;
  });
  // npm's own order.
  return Object.fromEntries(
    [...Object.entries(packages), ...added].sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
  for (const { name, version } of missingOptional(lock.packages))
    process.stdout.write(`${name} ${version}\n`);
  writeFileSync(LOCK, `${JSON.stringify({ ...lock, packages: completed(lock.packages) }, null, 2)}\n`);
}
