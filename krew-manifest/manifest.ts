/** plugin.yaml: what krew reads. Rules: https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/ */
import { stringify } from 'yaml';
import type { Archive } from './archive.ts';

/** Where releases are: to be set once, to the real owner, before the first release. */
export const REPOSITORY = 'https://github.com/kubectl-netcheck/kubectl-netcheck';
/** The plugin's name, and so that of its file in the krew index: plugins/netcheck.yaml. */
export const PLUGIN = 'netcheck';

const SHORT_DESCRIPTION = 'Find out why a pod cannot talk, and where';

const DESCRIPTION = `Checks the network of a pod from inside that pod, layer by layer: interface,
DNS, Services, policies, routes, ports, TLS and HTTP. It adds an ephemeral
container with curl, nc, nslookup and ping, runs all checks side by side,
reads what the API server knows, and names the root cause and what to type
next.

  kubectl netcheck POD
`;

const CAVEATS = `Needs the right to patch pods/ephemeralcontainers and to get pods/log, which
the default view, edit and admin roles do not include:
  kubectl auth can-i patch pods --subresource=ephemeralcontainers
The ephemeral container ends by itself, but stays listed in the pod's spec
until the pod is deleted. It sends a few requests to public addresses; use
--no-internet where that is not wanted.
`;

/** The text of plugin.yaml for these archives. */
export const pluginManifest = (version: string, archives: readonly Archive[]): string => {
  const manifest = {
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: { name: PLUGIN },
    spec: {
      version: `v${version}`,
      homepage: REPOSITORY,
      shortDescription: SHORT_DESCRIPTION,
      description: DESCRIPTION,
      caveats: CAVEATS,
      platforms: archives.map(({ platform, name, sha256 }) => ({
        selector: { matchLabels: { os: platform.os, arch: platform.arch } },
        uri: `${REPOSITORY}/releases/download/v${version}/${name}`,
        sha256,
        bin: 'kubectl-netcheck',
      })),
    },
  };
  return `# Written by npm run package; a test holds it to what that writes now.\n${stringify(manifest, { lineWidth: 0 })}`;
};
