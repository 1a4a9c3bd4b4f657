/** Part of `npm run robustness`: secrets where they really stand, and whether one comes out anywhere. */
import type { Figure, Part } from './figures.ts';
import {
  inAnswer,
  inArgv,
  inConfigMap,
  inEvent,
  inKubeconfig,
  inLog,
  inPod,
  inRun,
  type Plant,
} from './planted-secrets.ts';

export interface PlantedSecret {
  readonly name: string;
  readonly secret: string;
  readonly plant: Plant;
}

const JWT = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2lnbmF0dXJlLTQy`;
const OPAQUE = 'hunter2-7f3a9c55e1';
const GITHUB = `ghp_${'a1B2'.repeat(9)}`;
const AWS = 'AKIAIOSFODNN7EXAMPLE';
const GOOGLE = `AIza${'Sy0-x'.repeat(7)}`;
const KEY_BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC';
const privateKey = (body: string): string =>
  `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;

const config = (more: {
  readonly server?: string;
  readonly cluster?: string;
  readonly user?: string;
}): string => `
apiVersion: v1
kind: Config
current-context: a
contexts: [{name: a, context: {cluster: a, user: a}}]
clusters: [{name: a, cluster: {server: "${more.server ?? 'https://127.0.0.1:1'}"${more.cluster ?? ''}}}]
users: [{name: a, user: {${more.user ?? ''}}}]
`;
const login = (script: string): string =>
  `exec: {apiVersion: client.authentication.k8s.io/v1, command: sh, args: ["-c", ${JSON.stringify(script)}], interactiveMode: Never}`;

const PLACES: Readonly<Record<string, readonly (readonly [place: string, secret: string, plant: Plant])[]>> =
  {
    'command line': [
      ['--to, a URL', OPAQUE, inArgv((s) => ['web-0', '--to', `https://me:${s}@example.com/`])],
      ['--to, no scheme', OPAQUE, inArgv((s) => ['web-0', '--to', `me:${s}@example.com`])],
      [
        '--to, a slash in it',
        'hunter2/7f3a9c55e1',
        inArgv((s) => ['web-0', '--to', `https://me:${s}@example.com/`]),
      ],
      ['--internet, a URL', OPAQUE, inArgv((s) => ['web-0', '--internet', `http://me:${s}@example.com`])],
      ['--internet, no scheme', OPAQUE, inArgv((s) => ['web-0', '--internet', `me:${s}@proxy.example:3128`])],
      ['--image', OPAQUE, inArgv((s) => ['web-0', '--image', `me:${s}@registry.example/netshoot`])],
      ['--token twice', OPAQUE, inArgv((s) => ['web-0', '--token', s, '--token', `${s}x`])],
      ['a flag that is none', OPAQUE, inArgv((s) => ['web-0', `--password=${s}`])],
      [
        'judge of a file that is a token',
        JWT,
        inArgv(
          () => ['judge', 'token'],
          (s) => ({ token: s }),
        ),
      ],
      [
        'judge of a file that is a password',
        'hunter2',
        inArgv(
          () => ['judge', 'x'],
          (s) => ({ x: s }),
        ),
      ],
      [
        'judge of a kubeconfig in JSON',
        OPAQUE,
        inArgv(
          () => ['judge', 'x'],
          (s) => ({ x: `{"kind":"Config","users":[{"user":{"token":"${s}"}}]}` }),
        ),
      ],
    ],
    'kubeconfig and login': [
      [
        'user and password of the server',
        OPAQUE,
        inKubeconfig((s) => config({ server: `https://me:${s}@127.0.0.1:1` })),
      ],
      [
        '--server',
        OPAQUE,
        inKubeconfig(
          () => config({}),
          undefined,
          (s) => ({ server: `https://me:${s}@127.0.0.1:1` }),
        ),
      ],
      [
        '--server that is no URL',
        OPAQUE,
        inKubeconfig(
          () => config({}),
          undefined,
          (s) => ({ server: `https://me:${s}@host:port` }),
        ),
      ],
      [
        '--token',
        OPAQUE,
        inKubeconfig(
          () => config({}),
          undefined,
          (s) => ({ token: s }),
        ),
      ],
      ['token', OPAQUE, inKubeconfig((s) => config({ user: `token: ${s}` }))],
      ['token with a line break', OPAQUE, inKubeconfig((s) => config({ user: `token: "${s}\\n${s}"` }))],
      ['token that is no text', '4711081547', inKubeconfig((s) => config({ user: `token: [${s}]` }))],
      ['password', OPAQUE, inKubeconfig((s) => config({ user: `username: me, password: ${s}` }))],
      ['client-key-data', KEY_BODY, inKubeconfig((s) => config({ user: `client-key-data: ${s}` }))],
      [
        'client-certificate-data',
        KEY_BODY,
        inKubeconfig((s) => config({ user: `client-certificate-data: ${s}` })),
      ],
      [
        'proxy-url',
        OPAQUE,
        inKubeconfig((s) => config({ cluster: `, proxy-url: "http://me:${s}@127.0.0.1:1"` })),
      ],
      [
        'proxy-url that is none',
        OPAQUE,
        inKubeconfig((s) => config({ cluster: `, proxy-url: "http://me:${s}@host:port"` })),
      ],
      [
        'HTTPS_PROXY',
        OPAQUE,
        inKubeconfig(
          () => config({ server: 'https://api.invalid:6443' }),
          (s) => ({ HTTPS_PROXY: `http://me:${s}@127.0.0.1:1` }),
        ),
      ],
      ['a file that is no YAML', OPAQUE, inKubeconfig((s) => `users:\n- token: "${s}\n\t}`)],
      ['a login that prints no JSON', OPAQUE, inKubeconfig((s) => config({ user: login(`echo ${s}`) }))],
      [
        'a login that fails',
        OPAQUE,
        inKubeconfig((s) => config({ user: login(`echo token=${s} >&2; exit 1`) })),
      ],
      [
        'a login with a token',
        OPAQUE,
        inKubeconfig((s) =>
          config({
            user: login(
              `echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"${s}"}}'`,
            ),
          }),
        ),
      ],
      [
        'variable of a login',
        OPAQUE,
        inKubeconfig((s) =>
          config({ user: login('exit 1').replace(/}$/, `, env: [{name: CLIENT_SECRET, value: ${s}}]}`) }),
        ),
      ],
    ],
    'API server': [
      [
        '401 repeats the token',
        OPAQUE,
        inAnswer((s) => [401, JSON.stringify({ kind: 'Status', message: `Unauthorized: ${s} has expired` })]),
      ],
      ['401 repeats a JWT', JWT, inAnswer((s) => [401, `token ${s} is not valid`], 'Bearer other-token')],
      [
        '403 of a proxy that prints the headers',
        OPAQUE,
        inAnswer((s) => [403, `GET /x\nAuthorization: Bearer ${s}\nHost: x`]),
      ],
      [
        '500 with the basic password',
        'bWU6aHVudGVyMg==',
        inAnswer((s) => [500, `Authorization: Basic ${s}`]),
      ],
      [
        '422 of a webhook with a URL',
        OPAQUE,
        inAnswer(
          (s) => [
            422,
            JSON.stringify({
              kind: 'Status',
              message: `calling webhook "https://me:${s}@hook.example/x" failed`,
            }),
          ],
          'Bearer x',
        ),
      ],
    ],
    pod: [
      ['env', OPAQUE, inPod((s) => ({ container: { env: [{ name: 'DB_PASSWORD', value: s }] } }))],
      [
        'HTTPS_PROXY',
        OPAQUE,
        inPod((s) => ({ container: { env: [{ name: 'HTTPS_PROXY', value: `http://me:${s}@proxy:3128` }] } })),
      ],
      [
        'http_proxy by a variable',
        OPAQUE,
        inPod((s) => ({
          container: {
            env: [
              { name: 'P', value: s },
              { name: 'http_proxy', value: 'http://me:$(P)@proxy:3128' },
            ],
          },
        })),
      ],
      ['args', OPAQUE, inPod((s) => ({ container: { command: ['x'], args: [`--password=${s}`] } }))],
      [
        'annotation',
        OPAQUE,
        inPod((s) => ({
          metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': s } },
        })),
      ],
      [
        'header of a probe',
        OPAQUE,
        inPod((s) => ({
          container: {
            readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: s }] } },
          },
        })),
      ],
      [
        'termination message',
        JWT,
        inPod((s) => ({
          status: {
            containerStatuses: [
              {
                name: 'app',
                ready: false,
                restartCount: 9,
                state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
                lastState: { terminated: { exitCode: 1, message: `login with ${s} failed` } },
              },
            ],
          },
        })),
      ],
      [
        'condition',
        OPAQUE,
        inPod((s) => ({
          status: { conditions: [{ type: 'Ready', status: 'False', message: `https://me:${s}@x/ failed` }] },
        })),
      ],
    ],
    'events and ConfigMaps': [
      [
        'pull from a URL with a password',
        OPAQUE,
        inEvent((s) => `Failed to pull image: Get "https://me:${s}@registry.example/v2/": 401`),
      ],
      [
        'a mount with a key',
        'c3VwZXItc2VjcmV0LWtleQ==',
        inEvent((s) => `MountVolume failed: mount.cifs -o username=me,password=${s}`),
      ],
      [
        'a signed URL',
        'f00dfeed4711',
        inEvent((s) => `GET https://bucket.example/x?X-Amz-Signature=${s}&x=1: 403`),
      ],
      [
        'data besides the Corefile',
        OPAQUE,
        inConfigMap((s) => ({ Corefile: '.:53 {\n  bogus\n}\n', other: s })),
      ],
      [
        'Corefile, etcd',
        OPAQUE,
        inConfigMap((s) => ({ Corefile: `.:53 {\n  etcd {\n    credentials root ${s}\n  }\n}\n` })),
      ],
      [
        'Corefile, route53',
        OPAQUE,
        inConfigMap((s) => ({
          Corefile: `.:53 {\n  route53 x.:Z {\n    aws_access_key AKIA ${s}\n  }\n}\n`,
        })),
      ],
      [
        'Corefile, TSIG',
        OPAQUE,
        inConfigMap((s) => ({ Corefile: `.:53 {\n  tsig {\n    secret key. ${s}\n  }\n}\n` })),
      ],
    ],
    'output of tools': [
      ['Set-Cookie', OPAQUE, inRun((s) => `< Set-Cookie: session=${s}; Path=/`)],
      ['Authorization', OPAQUE, inRun((s) => `> Authorization: Bearer ${s}`)],
      ['Proxy-Authorization', 'bWU6aHVudGVyMg==', inRun((s) => `> Proxy-Authorization: Basic ${s}`)],
      ['a header of an app', OPAQUE, inRun((s) => `< X-Vault-Token: ${s}`)],
      ['Location with a password', OPAQUE, inRun((s) => `< Location: https://me:${s}@example.com/`)],
      ['body with a password', OPAQUE, inRun((s) => `| {"error":"x","password":"${s}"}`, 'stdout')],
      [
        'body with a private key',
        KEY_BODY,
        inRun(
          (s) =>
            privateKey(s)
              .split('\n')
              .map((line) => `| ${line}`)
              .join('\n'),
          'stdout',
        ),
      ],
      ['body with a JWT', JWT, inRun((s) => `| ${s}`, 'stdout')],
      ['body with a key of AWS', AWS, inRun((s) => `| ${s}`, 'stdout')],
      [
        'a proxy with a password',
        OPAQUE,
        inRun((s) => `* Uses proxy env variable https_proxy == 'http://me:${s}@proxy:3128'`),
      ],
    ],
    'log of the container': [
      ['key of GitHub', GITHUB, inLog((s) => `remote: ${s}`)],
      ['key of Google', GOOGLE, inLog((s) => `GET /maps?key=${s}`)],
      ['private key', KEY_BODY, inLog(privateKey)],
      ['private key, cut', KEY_BODY, inLog((s) => `-----BEGIN RSA PRIVATE KEY-----\n${s}`)],
      ['variables', OPAQUE, inLog((s) => `HOME=/root\nDB_PASSWORD=${s}\nX=1`)],
      ['Slack', 'xoxb-1234567890-abcdefghij', inLog((s) => `token ${s}`)],
    ],
  };

export const SECRETS: readonly PlantedSecret[] = Object.entries(PLACES).flatMap(([group, list]) =>
  list.map(([place, secret, plant]) => ({ name: `${group}: ${place}`, secret, plant })),
);

/** The texts that hold it, cut down to where. Throws where nothing was written at all: then nothing was tried. */
export const leaksOf = async ({ secret, plant }: PlantedSecret): Promise<readonly string[]> => {
  const texts = await plant(secret);
  if (texts.every((text) => text.trim() === '')) throw new Error('nothing was written');
  return texts.flatMap((text) => {
    const at = text.indexOf(secret);
    return at === -1 ? [] : [text.slice(Math.max(0, at - 60), at + secret.length + 20)];
  });
};

export const secrets: Part = {
  title: 'Secrets',
  about: `${SECRETS.length} secrets where they really stand: command lines, kubeconfigs, login programs, answers of the API server, pods, events, ConfigMaps, what tools print, logs. Right: none is in a saved case, in any form of the report, or on stderr.`,
  measure: async (tell) => {
    const figures: Figure[] = [];
    for (const group of Object.keys(PLACES)) {
      const planted = SECRETS.filter(({ name }) => name.startsWith(`${group}: `));
      const leaking: string[] = [];
      for (const one of planted) if ((await leaksOf(one)).length > 0) leaking.push(one.name);
      const figure = {
        name: group,
        tried: planted.length,
        right: planted.length - leaking.length,
        detail: leaking.join(' | '),
      };
      figures.push(figure);
      tell(figure);
    }
    return figures;
  },
};
