/** Readiness: the kubelet's probes of a running container, from the node's namespace. */

import type { ContainerSlot, PodContext } from './pod-context.ts';
import type { ProbeSpec } from './protocol.ts';

/** The sandbox asks at least this often, so that scenarios need not wait for a period of ten seconds. */
const MAX_PERIOD_MS = 500;

// biome-ignore lint/suspicious/noExplicitAny: a container of a KubeObject's spec
type Loose = any;

const portNumber = (container: Loose, port: Loose): number =>
  typeof port === 'number'
    ? port
    : (container.ports?.find(({ name }: Loose) => name === port)?.containerPort ?? Number(port));

/** Undefined: no probe, or one (exec, grpc) that the sandbox takes as passed. */
export const readinessProbe = (container: Loose, podAddress: string): ProbeSpec | undefined => {
  const probe: Loose = container.readinessProbe;
  const action = probe?.httpGet ?? probe?.tcpSocket;
  if (action === undefined) return undefined;
  const path: string = probe.httpGet?.path ?? '/';
  return {
    kind: probe.tcpSocket !== undefined ? 'tcp' : action.scheme === 'HTTPS' ? 'https' : 'http',
    host: action.host ?? podAddress,
    port: portNumber(container, action.port),
    path: path.startsWith('/') ? path : `/${path}`,
    headers: Object.fromEntries((action.httpHeaders ?? []).map(({ name, value }: Loose) => [name, value])),
    timeoutMs: (probe.timeoutSeconds ?? 1) * 1000,
  };
};

const setReady = (context: PodContext, slot: ContainerSlot, ready: boolean) => {
  if (slot.status === undefined || slot.status.ready === ready) return;
  slot.status = { ...slot.status, ready };
  context.publish();
};

/**
 * Keeps `ready` in the slot's status; `judged` is called when the first result stands. Returns the way to stop.
 * Thresholds as in the spec, periods no longer than half a second.
 */
export const watchReadiness = (
  context: PodContext,
  slot: ContainerSlot,
  judged: () => void,
): (() => void) => {
  if (slot.status !== undefined) slot.status = { ...slot.status, started: true };
  const spec = readinessProbe(slot.spec, context.sandbox().addresses[0]);
  if (spec === undefined) {
    slot.settled = true;
    setReady(context, slot, true);
    judged();
    return () => {};
  }
  const { successThreshold = 1, failureThreshold = 3, periodSeconds = 10 } = slot.spec.readinessProbe;
  const periodMs = Math.min(periodSeconds * 1000, MAX_PERIOD_MS);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let passes = 0;
  let failures = 0;
  const ask = async () => {
    const result = await context.node
      .probe(spec)
      .catch((error: Error) => ({ ok: false as const, message: error.message }));
    if (stopped) return;
    passes = result.ok ? passes + 1 : 0;
    failures = result.ok ? 0 : failures + 1;
    if (!result.ok) {
      context.events.record(
        context.pod(),
        slot.fieldPath,
        'Warning',
        'Unhealthy',
        `Readiness probe failed: ${result.message}`,
      );
    }
    if (passes >= successThreshold) setReady(context, slot, true);
    if (failures >= failureThreshold) setReady(context, slot, false);
    slot.settled = true;
    judged();
    timer = setTimeout(() => void ask(), periodMs);
  };
  void ask();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};
