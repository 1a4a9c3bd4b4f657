/**
 * Brings this machine to where the demo, the tests and the benchmark can run: npm packages, system tools, namespaces,
 * kubectl. Runs before each of them (npm's pre-scripts), says nothing when there is nothing to do.
 */
import { prepareKubectl } from './kubectl.js';
import { prepareNamespaces } from './namespaces.js';
import { prepareNodeModules } from './node-modules.js';
import { SetupError } from './say.js';
import { prepareSystemTools } from './system-tools.js';

const LINUX_ONLY = [
  'The tests and the demo run an embedded cluster made of Linux network namespaces, so they need Linux.',
  'In a Linux virtual machine (WSL 2, Lima, …) or a privileged container they run as they are, for example:',
  '  docker run --rm -it --privileged -v "$PWD":/repo -v /repo/node_modules -w /repo node:22 npm test',
  'Here, npm run typecheck, npm run lint and npm run build work after npm ci.',
].join('\n');

try {
  if (Number.parseInt(process.versions.node, 10) < 20)
    throw new SetupError(`Node.js 20 or newer is needed to start; this is ${process.versions.node}.`);
  if (process.platform !== 'linux') throw new SetupError(LINUX_ONLY);
  prepareNodeModules();
  prepareSystemTools();
  prepareNamespaces();
  prepareKubectl();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
