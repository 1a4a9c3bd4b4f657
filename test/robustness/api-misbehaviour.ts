/** What an API server, or what stands before it, may answer instead, at the nth request of a run. */
import type { Script, Treatment } from '../chaos/gateway.ts';
import type { Times } from './cutter.ts';

const status = (code: number, message: string, more: object = {}): Treatment => ({
  kind: 'status',
  code,
  message,
  ...more,
});

export const MISBEHAVIOURS = {
  '429': status(429, 'too many requests'),
  '429 with Retry-After': status(429, 'too many requests', { retryAfter: '1' }),
  '503': status(503, 'apiserver is shutting down'),
  '500': status(500, 'etcdserver: request timed out'),
  slow: { kind: 'trickle', bytes: 100, everyMs: 20 },
  'half-open': { kind: 'silence' },
  '410': status(410, 'The resourceVersion for the provided list is too old', { reason: 'Expired' }),
  'bad JSON': { kind: 'body', text: '{"kind": nonsense' },
  'another JSON': { kind: 'body', text: '{"kind":"Unknown","items":[null,7],"status":{"allowed":true}}' },
  'truncated JSON': { kind: 'cut', afterBytes: 20 },
  'wrong content type': { kind: 'content-type', contentType: 'text/plain; charset=utf-16' },
  'HTML page 200': {
    kind: 'body',
    text: '<html><title>Please sign in</title></html>',
    contentType: 'text/html',
  },
  reset: { kind: 'close' },
} as const satisfies Record<string, Treatment>;
export type Misbehaviour = keyof typeof MISBEHAVIOURS;
export const MISBEHAVIOUR_NAMES = Object.keys(MISBEHAVIOURS).filter(
  (name): name is Misbehaviour => name in MISBEHAVIOURS,
);

/** Counts answers from 0, as they come from the API server. */
export const misbehaveAt = (what: Misbehaviour, nth: number, times: Times): Script => {
  let count = 0;
  return () => {
    const at = count;
    count += 1;
    return at === nth || (at > nth && times === 'for ever') ? MISBEHAVIOURS[what] : undefined;
  };
};
