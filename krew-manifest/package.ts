/** `npm run package`: the archives of this version into dist/, and plugin.yaml with their checksums. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildArchive } from './archive.ts';
import { DIST, packageVersion, ROOT } from './bundle.ts';
import { PLUGIN, pluginManifest } from './manifest.ts';
import { PLATFORMS } from './platforms.ts';

mkdirSync(DIST, { recursive: true });
const archives = await Promise.all(PLATFORMS.map(buildArchive));
for (const { name, content, sha256 } of archives) {
  writeFileSync(join(DIST, name), content);
  process.stdout.write(`dist/${name}  ${(content.length / 1e6).toFixed(1)} MB  sha256 ${sha256}\n`);
}
const manifest = pluginManifest(packageVersion(), archives);
writeFileSync(join(ROOT, 'plugin.yaml'), manifest);
// The krew index wants the file under the plugin's name.
writeFileSync(join(DIST, `${PLUGIN}.yaml`), manifest);
process.stdout.write(`plugin.yaml, and the same as dist/${PLUGIN}.yaml for the krew index\n`);
