/** The plugins of CoreDNS 1.0 to 1.14, and what each of them takes. */
import type { Grammar } from '../grammar.ts';
import * as access from './access.ts';
import * as answers from './answers.ts';
import { cache } from './caching.ts';
import { azure, clouddns, geoip, nomad, route53 } from './clouds.ts';
import { forward, grpc } from './forwarding.ts';
import { hosts } from './hosts.ts';
import { autopath, k8sExternal, kubernetes, ocpDnsNameResolver } from './kubernetes.ts';
import * as listening from './listening.ts';
import * as logging from './logging.ts';
import { federation, on, proxy, reverse, shutdown, startup } from './removed.ts';
import { rewrite } from './rewriting.ts';
import * as serving from './serving.ts';
import { dnssec, sign } from './signing.ts';
import { auto, etcd, file, secondary, transfer } from './zones.ts';

export const plugins: ReadonlyMap<string, Grammar> = new Map<string, Grammar>(
  Object.entries({
    acl: access.acl,
    any: answers.any,
    auto,
    autopath,
    azure,
    bind: listening.bind,
    bufsize: serving.bufsize,
    cache,
    cancel: serving.cancel,
    chaos: answers.chaos,
    clouddns,
    debug: serving.debug,
    dns64: answers.dns64,
    dnssec,
    dnstap: logging.dnstap,
    erratic: answers.erratic,
    errors: logging.errors,
    etcd,
    federation,
    file,
    forward,
    geoip,
    grpc,
    grpc_server: listening.grpcServer,
    header: answers.header,
    health: serving.health,
    hosts,
    https: listening.https,
    https3: listening.https3,
    k8s_external: k8sExternal,
    kubernetes,
    loadbalance: answers.loadbalance,
    local: answers.local,
    log: logging.log,
    loop: serving.loop,
    metadata: answers.metadata,
    minimal: answers.minimal,
    multisocket: listening.multisocket,
    nomad,
    nsid: answers.nsid,
    ocp_dnsnameresolver: ocpDnsNameResolver,
    on,
    pprof: serving.pprof,
    prometheus: serving.prometheus,
    proxy,
    proxyproto: listening.proxyproto,
    quic: listening.quic,
    ready: serving.ready,
    reload: serving.reload,
    reverse,
    rewrite,
    root: serving.root,
    route53,
    secondary,
    shed: answers.shed,
    shutdown,
    sign,
    startup,
    template: answers.template,
    timeouts: serving.timeouts,
    tls: listening.tls,
    trace: logging.trace,
    transfer,
    tsig: access.tsig,
    view: access.view,
    whoami: answers.whoami,
  }),
);
