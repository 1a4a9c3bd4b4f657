/** One platform's archive: stock Node.js, the bundle, the launcher, the licences. The same tree gives the same bytes. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle, packageVersion, ROOT } from './bundle.ts';
import { thirdPartyNotices } from './notices.ts';
import type { Platform } from './platforms.ts';
import { type TarFile, tar } from './tar.ts';

export interface Archive {
  readonly platform: Platform;
  /** `kubectl-netcheck_v0.1.0_linux-amd64.tar.gz` */
  readonly name: string;
  readonly content: Uint8Array;
  /** Of the content, lower-case hexadecimal. */
  readonly sha256: string;
}

const read = (path: string): Uint8Array => readFileSync(join(ROOT, path));

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const bundleFiles = async (): Promise<{
  readonly files: readonly TarFile[];
  readonly inputs: readonly string[];
}> => {
  const folder = mkdtempSync(join(tmpdir(), 'netcheck-bundle-'));
  try {
    const { inputs } = await bundle(folder);
    const files = filesBelow(folder).map((path) => ({
      path: `lib/${path}`,
      content: readFileSync(join(folder, path)),
    }));
    return { files, inputs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Throws when the platform's runtime package is not installed: npm installs the one that fits the machine. */
const runtimeFile = ({ runtime, program }: Platform): TarFile => {
  try {
    return { path: 'node', content: read(`node_modules/${runtime}/${program}`), executable: true };
  } catch (cause) {
    throw new Error(`The npm package ${runtime} is not installed on this machine.`, { cause });
  }
};

/** Bundles the source as it is now and packs it for this platform. Writes nothing into the repository. */
export const buildArchive = async (platform: Platform): Promise<Archive> => {
  const { files, inputs } = await bundleFiles();
  const content = gzipSync(
    tar([
      ...files,
      runtimeFile(platform),
      {
        path: 'kubectl-netcheck',
        content: read('krew-manifest/launcher/kubectl-netcheck'),
        executable: true,
      },
      { path: 'LICENSE', content: read('LICENSE') },
      { path: 'THIRD-PARTY-NOTICES', content: Buffer.from(thirdPartyNotices(inputs, platform.runtime)) },
    ]),
  );
  return {
    platform,
    name: `kubectl-netcheck_v${packageVersion()}_${platform.os}-${platform.arch}.tar.gz`,
    content,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
};
