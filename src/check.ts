/** The use case: resolve, gather, plan, enter, run. What comes out is the case; judging it is judge.ts's. */

import { monotonicMs } from './clock.ts';
import { missingRights } from './cluster/access.ts';
import { type Client, createClient } from './cluster/client.ts';
import type { Entered } from './cluster/enter.ts';
import { throwIfNoCluster } from './cluster/failure.ts';
import { loadConnection } from './cluster/kubeconfig/index.ts';
import { API_VERSION } from './model/api-version.ts';
import type { Case } from './model/case.ts';
import type { Evidence } from './model/evidence.ts';
import type { CheckOptions, CheckPorts, CheckResult } from './model/options.ts';
import { VERSION } from './version.ts';

/** Loaded while the first answers about our rights are out. */
type Looking = typeof import('./looking.ts');

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
  const { endpoint, namespace, context } = await loadConnection(options.connection, ports.env);
  const client: Client = createClient(endpoint, { namespace, context, requestTimeoutMs }, signal);
  try {
    ports.progress({ stage: 'target', text: `looking for ${options.target}` });
    const asked = throwIfNoCluster(
      client,
      async () => {
        const wanted = options.namespace ?? namespace;
        const look = async ({ resolveTarget, gatherFirst }: Looking) => {
          const target = await resolveTarget(client, options.ref, options.target, wanted);
          return { target, first: await gatherFirst(client, target) };
        };
        const [missing, seen] = await Promise.all([
          missingRights(client, wanted),
          import('./looking.ts').then(look),
        ]);
        return { ...seen, missing };
      },
      options.connection,
    );
    const [{ target, first, missing }, { gatherRest }, { enter, gate, plan }] = await Promise.all([
      asked,
      import('./looking.ts'),
      loadProbing(),
    ]);

    ports.progress({
      stage: 'evidence',
      text: `reading what the API server knows of ${target.namespace}/${target.pod}`,
    });
    const asks = plan(first, options.internet, options);
    const gated = gate(first.pod, missing);
    const caseOf = (evidence: Evidence, entered: Pick<Entered, 'entry' | 'runs'>): Case => ({
      apiVersion: API_VERSION,
      kind: 'Case',
      toolVersion: VERSION,
      gatheredAt,
      durationMs: Math.round(monotonicMs() - began),
      target,
      evidence,
      entry: entered.entry,
      internet: typeof options.internet === 'string' ? options.internet : 'custom',
      ...(options.only === undefined && options.skip === undefined ? {} : { narrowed: true }),
      asks,
      runs: entered.runs,
    });
    // Read while the debug container starts: before that it would only be in its way.
    let rest: Promise<Evidence> | undefined;
    const gather = () => {
      rest ??= gatherRest(client, target, first);
    };
    const rehearse = async (entered: Pick<Entered, 'entry' | 'runs'>) => {
      if (rest !== undefined) ports.rehearse(caseOf(await rest, entered));
    };
    const entered =
      'entry' in gated
        ? { entry: gated.entry, runs: [] }
        : await enter(client, target, gated.pod, asks, options, {
            ...ports,
            signal,
            onAdmitted: gather,
            // What fails here fails again below, where it is told.
            onMost: (soFar) => void rehearse(soFar).catch(() => undefined),
          });
    const evidence = await (rest ?? gatherRest(client, target, first));

    ports.progress({ stage: 'done', text: 'judging' });
    return {
      case: caseOf(evidence, entered),
      ...('patch' in entered ? { patch: entered.patch } : {}),
    };
  } finally {
    client.close();
  }
};
