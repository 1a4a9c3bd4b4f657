/** The use case: resolve, gather, plan, enter, run. What comes out is the case; judging it is judge.ts's. */

import { monotonicMs } from './clock.ts';
import { missingRights } from './cluster/access.ts';
import { type Client, createClient } from './cluster/client.ts';
import { throwIfNoCluster } from './cluster/failure.ts';
import { loadConnection } from './cluster/kubeconfig/index.ts';
import type { Admission } from './cluster/ways/index.ts';
import { API_VERSION } from './model/api-version.ts';
import type { Case } from './model/case.ts';
import type { Evidence } from './model/evidence.ts';
import type { CheckOptions, CheckPorts, CheckResult } from './model/options.ts';
import { VERSION } from './version.ts';

/** Loaded while the first answers about our rights are out. */
type Looking = typeof import('./looking.ts');

/** Where the pod is, what is known of it, and of where it wants to go. */
const look = async (
  { gatherFirst, locate, NO_DESTINATION, resolveTarget }: Looking,
  client: Client,
  options: CheckOptions,
  namespace: string,
) => {
  const [target, to] = await Promise.all([
    resolveTarget(client, options.ref, options.target, namespace),
    options.to === undefined ? undefined : locate(client, options.to, namespace),
  ]);
  return {
    target,
    to,
    seen: { ...(await gatherFirst(client, target)), ...(to?.evidence ?? NO_DESTINATION) },
  };
};

/** What a case is made from, beside the evidence. */
type Seen = Pick<Admission, 'entry' | 'runs'> & Partial<Pick<Admission, 'asks' | 'others'>>;

/** The workload has new pods with our container in them: one of them is checked, in what time is left. */
const checkRolledOut = (
  options: CheckOptions,
  ports: CheckPorts,
  { pod, container }: NonNullable<Admission['rolledOut']>,
  began: number,
): Promise<CheckResult> =>
  check(
    {
      ...options,
      ref: { kind: 'pod', name: pod },
      via: 'exec',
      container,
      timeoutMs: Math.max(1, Math.round(options.timeoutMs - (monotonicMs() - began))),
    },
    ports,
  );

/** Loaded once the first requests are on their way: there is nothing else to do until they are answered. */
const loadProbing = async () => {
  await new Promise((sent) => setImmediate(sent));
  return import('./probing.ts');
};

/**
 * Checks one pod. Ends within `timeoutMs`, and when `signal` fires; what was seen by then is in the case.
 * @throws UserError when there is no cluster, no such workload, or the kubeconfig cannot be used.
 */
export const check = async (options: CheckOptions, ports: CheckPorts): Promise<CheckResult> => {
  const began = monotonicMs();
  const gatheredAt = ports.now().toISOString();
  const signal = AbortSignal.any([ports.signal, AbortSignal.timeout(options.timeoutMs)]);
  const { requestTimeoutMs } = options.connection;

  ports.progress({ stage: 'connect', text: 'reading the kubeconfig' });
  const { endpoint, namespace, context } = await loadConnection(options.connection, ports.env, signal);
  const client: Client = createClient(endpoint, { namespace, context, requestTimeoutMs }, signal);
  try {
    ports.progress({ stage: 'target', text: `looking for ${options.target}` });
    const asked = throwIfNoCluster(
      client,
      async () => {
        const wanted = options.namespace ?? namespace;
        const [missing, found] = await Promise.all([
          missingRights(client, wanted, options.ref.kind === 'pod' ? options.ref.name : undefined),
          import('./looking.ts').then((looking) => look(looking, client, options, wanted)),
        ]);
        return { ...found, missing };
      },
      options.connection,
    );
    const [{ target, to, seen, missing }, { gatherRest }, { enter, gate, lookAlikePlan, plan, wantedMore }] =
      await Promise.all([asked, import('./looking.ts'), loadProbing()]);

    ports.progress({
      stage: 'evidence',
      text: `reading what the API server knows of ${target.namespace}/${target.pod}`,
    });
    // Where one destination is asked for, the world is not, unless it was named.
    const targets = to !== undefined && options.internet === 'default' ? 'none' : options.internet;
    const asks = plan(seen, options.internet, options, to);
    const gated = gate(seen.pod, missing);
    const caseOf = (evidence: Evidence, entered: Seen): Case => ({
      apiVersion: API_VERSION,
      kind: 'Case',
      toolVersion: VERSION,
      gatheredAt,
      durationMs: Math.round(monotonicMs() - began),
      apiRequests: client.requestCount(),
      target,
      ...(to === undefined ? {} : { destination: to.destination }),
      evidence,
      entry: entered.entry,
      ...(entered.others === undefined || entered.others.length === 0
        ? {}
        : { otherWays: [...entered.others] }),
      internet: typeof targets === 'string' ? targets : 'custom',
      ...(options.only === undefined && options.skip === undefined ? {} : { narrowed: true }),
      asks: entered.asks ?? asks,
      runs: entered.runs,
    });
    // Read while the debug container starts: before that it would only be in its way.
    let rest: Promise<Evidence> | undefined;
    const gather = (): Promise<Evidence> => {
      rest ??= gatherRest(client, target, seen, to?.destination);
      return rest;
    };
    const rehearse = async (entered: Seen) => {
      if (rest !== undefined) ports.rehearse(caseOf(await rest, entered));
    };
    const entered: Seen & Partial<Admission> =
      'entry' in gated
        ? { entry: gated.entry, runs: [] }
        : await enter(
            {
              client,
              target,
              pod: gated.pod,
              asks,
              lookAlikeAsks: () => lookAlikePlan(asks, gated.pod),
              options,
              ports: {
                ...ports,
                signal,
                onAdmitted: () => void gather(),
                // What fails here fails again below, where it is told.
                onMost: (soFar) => void rehearse(soFar).catch(() => undefined),
              },
            },
            gated.closed,
          );
    if (entered.rolledOut !== undefined) return checkRolledOut(options, ports, entered.rolledOut, began);
    const known = await gather();
    const more = wantedMore(caseOf(known, entered));
    const evidence =
      more.length === 0
        ? known
        : {
            ...known,
            ...(await import('./looking-closer.ts').then(({ gatherMore }) =>
              gatherMore(client, target, to?.destination, known, more),
            )),
          };

    ports.progress({ stage: 'done', text: 'judging' });
    return {
      case: caseOf(evidence, entered),
      ...(entered.change === undefined ? {} : { change: entered.change }),
    };
  } finally {
    client.close();
  }
};
