/** The real entry, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { helpText } from '../../src/cli/help.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const PATIENCE = 60_000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netcheck-cli-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const start = (
  argv: readonly string[],
  more: { nodeArgs?: readonly string[]; kubeconfig?: string; stdout?: number } = {},
): ChildProcess =>
  spawn(process.execPath, [...(more.nodeArgs ?? []), MAIN, ...argv], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      LANG: 'C.UTF-8',
      NODE_NO_WARNINGS: '1',
      ...(more.kubeconfig === undefined ? {} : { KUBECONFIG: more.kubeconfig }),
    },
    stdio: ['ignore', more.stdout ?? 'pipe', 'pipe'],
  });

const ended = async (child: ChildProcess) => {
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout === null ? '' : text(child.stdout),
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout, stderr };
};

const netcheck = (...args: Parameters<typeof start>) => ended(start(...args));

describe('the entry', () => {
  test(
    '--help',
    async () => {
      expect(await netcheck(['web-0', '--help'])).toEqual({ code: 0, stdout: helpText(), stderr: '' });
    },
    PATIENCE,
  );

  test(
    '--version',
    async () => {
      const ran = await netcheck(['--version']);
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toMatch(/^kubectl-netcheck \d+\.\d+\.\d+\n$/);
    },
    PATIENCE,
  );

  test.each([[[]], [['--no-such-flag']], [['a', 'b']]])(
    '%j: usage, status 2',
    async (argv) => {
      const ran = await netcheck(argv);
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toMatch(/^error: /);
    },
    PATIENCE,
  );

  test(
    'help and version load neither the Kubernetes client nor a parser',
    async () => {
      const spy = `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(specifier, context, next) {
        const found = next(specifier, context);
        if (found.url.includes('/node_modules/')) { process.stderr.write(found.url); process.exit(99); }
        return found;
      } });`)}`;
      for (const argv of [['--help'], ['--version']])
        expect(await netcheck(argv, { nodeArgs: ['--import', spy] })).toMatchObject({ code: 0, stderr: '' });
      // The spy sees what it is there for.
      expect(await netcheck(['web-0', '-o', 'yaml'], { nodeArgs: ['--import', spy] })).toMatchObject({
        code: 99,
      });
    },
    PATIENCE,
  );

  test(
    'an older Node is told so in one line',
    async () => {
      const old = `data:text/javascript,${encodeURIComponent(
        "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.4' } })",
      )}`;
      expect(await netcheck(['web-0'], { nodeArgs: ['--import', old] })).toEqual({
        code: 1,
        stdout: '',
        stderr: 'error: kubectl netcheck needs Node 22.19 or newer, this is 20.19.4\n',
      });
    },
    PATIENCE,
  );

  test(
    'a reader that goes away is no error',
    async () => {
      const child = start(['--help']);
      child.stdout?.destroy();
      const [stderr, [code]] = await Promise.all([
        child.stderr === null ? '' : text(child.stderr),
        once(child, 'exit'),
      ]);
      expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
    },
    PATIENCE,
  );

  test(
    'a full disk is',
    async () => {
      const full = openSync('/dev/full', 'w');
      const ran = await netcheck(['--help'], { stdout: full });
      closeSync(full);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(/^error: .*\n {2}no space is left on the device\n$/);
    },
    PATIENCE,
  );
});

describe('without a cluster', () => {
  const kubeconfig = async (content: string): Promise<string> => {
    const path = join(folder, `config-${Math.random().toString(36).slice(2)}`);
    await writeFile(path, content);
    return path;
  };
  const forServer = (server: string): Promise<string> =>
    kubeconfig(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'c',
        contexts: [{ name: 'c', context: { cluster: 'l', user: 'u' } }],
        clusters: [{ name: 'l', cluster: { server } }],
        users: [{ name: 'u', user: { token: 't' } }],
      }),
    );
  const oneClearError = (ran: { code: unknown; stdout: string; stderr: string }): void => {
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^error: \S/m);
    expect(ran.stderr).not.toMatch(/^ +at /m);
    expect(ran.stderr).not.toContain('please report it');
  };

  test(
    'no kubeconfig at all',
    async () => {
      oneClearError(await netcheck(['web-0']));
    },
    PATIENCE,
  );

  test(
    'a kubeconfig that is not there',
    async () => {
      oneClearError(await netcheck(['web-0', '--kubeconfig', join(folder, 'no-such-file')]));
    },
    PATIENCE,
  );

  test(
    'a garbled one',
    async () => {
      oneClearError(await netcheck(['web-0'], { kubeconfig: await kubeconfig('}{\x1b[2J: - [') }));
    },
    PATIENCE,
  );

  test(
    'nobody listens at the address',
    async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close();
      await once(server, 'close');
      oneClearError(await netcheck(['web-0'], { kubeconfig: await forServer(`http://127.0.0.1:${port}`) }));
    },
    PATIENCE,
  );

  describe('that answers', () => {
    let silent: Server;
    let server = '';
    beforeAll(async () => {
      silent = createServer(() => undefined).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const address = silent.address();
      server = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    });
    afterAll(() => {
      silent.close();
    });

    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)(
      '%s ends it with status %i',
      async (signal, code) => {
        const child = start(['web-0'], { kubeconfig: await forServer(server) });
        const end = ended(child);
        await once(silent, 'connection');
        child.kill(signal);
        const ran = await end;
        expect(ran.code).toBe(code);
        expect(ran.stderr).not.toMatch(/^ +at /m);
      },
      PATIENCE,
    );

    test(
      'two signals end it too',
      async () => {
        const child = start(['web-0'], { kubeconfig: await forServer(server) });
        const end = ended(child);
        await once(silent, 'connection');
        child.kill('SIGINT');
        child.kill('SIGTERM');
        expect([130, 143]).toContain((await end).code);
      },
      PATIENCE,
    );

    test(
      '--timeout ends it',
      async () => {
        const ran = await netcheck(['web-0', '--timeout', '1s'], { kubeconfig: await forServer(server) });
        expect([1, 4]).toContain(ran.code);
        expect(ran.stderr).not.toMatch(/^ +at /m);
      },
      PATIENCE,
    );
  });
});
