/** Containers through which a service mesh leads what the others of their pod send. */
export const MESH_SIDECARS: readonly string[] = ['istio-proxy', 'linkerd-proxy'];
