/** What an Ingress leads to. Pure. */
import type { Ingress } from '../model/kubernetes.ts';

/** The first rule that leads to a Service: its host, its path, and that Service. */
export const firstBackend = ({ spec }: Ingress) => {
  for (const { host, http } of spec.rules ?? [])
    for (const { path, backend } of http?.paths ?? [])
      if (backend.service !== undefined) return { host, path: path ?? '/', service: backend.service };
  const service = spec.defaultBackend?.service;
  return service === undefined ? undefined : { host: undefined, path: '/', service };
};

/** Addresses and host names at which it is to be reached: a controller writes them once it has taken the Ingress. */
export const ingressFronts = ({ status }: Ingress): readonly string[] =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
