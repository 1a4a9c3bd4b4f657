/** What an Ingress leads to. Pure. */
import type { Ingress } from '../model/kubernetes.ts';

/** The first rule that leads to a Service: its host, its path, that Service, and where in the object it stands (a JSON pointer). */
export const firstBackend = ({ spec }: Ingress) => {
  for (const [rule, { host, http }] of (spec.rules ?? []).entries())
    for (const [index, { path, backend }] of (http?.paths ?? []).entries())
      if (backend.service !== undefined)
        return {
          host,
          path: path ?? '/',
          service: backend.service,
          pointer: `/spec/rules/${rule}/http/paths/${index}/backend/service`,
        };
  const service = spec.defaultBackend?.service;
  return service === undefined
    ? undefined
    : { host: undefined, path: '/', service, pointer: '/spec/defaultBackend/service' };
};

/** Addresses and host names at which it is to be reached: a controller writes them once it has taken the Ingress. */
export const ingressFronts = ({ status }: Ingress): readonly string[] =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
