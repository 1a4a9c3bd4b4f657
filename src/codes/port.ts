import type { Code } from './code.ts';

const symptom = { layer: 'port', role: 'symptom', severity: 'error' } as const;
const cause = { layer: 'port', role: 'cause', severity: 'error' } as const;

/** 6: port. */
export const port: readonly Code[] = [
  {
    ...symptom,
    code: 'NC6001',
    id: 'connection-refused',
    title: 'the connection is refused',
    page: {
      meaning:
        'Something answered at once that there is nothing to connect to: the host, where nothing listens on the port, or kube-proxy, where a Service has no ready endpoint.',
      confirm: [
        'nc -zv -w 3 HOST PORT',
        'kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=SERVICE',
      ],
      mend: 'Start what should listen there, correct the port, or make the endpoints ready.',
      looksAlike: 'Some network plugins and firewalls refuse what a policy denies, instead of dropping it.',
    },
  },
  {
    ...cause,
    code: 'NC6002',
    id: 'app-not-listening',
    title: 'nothing listens on that port in the destination',
    page: {
      meaning:
        'The containers run, and every endpoint refuses the port at once: the app has not opened it, has closed it, or listens on the loopback address only.',
      confirm: [
        'kubectl logs POD -n NAMESPACE --all-containers --tail=50',
        'kubectl netcheck POD -n NAMESPACE --to pod/POD:PORT',
      ],
      mend: 'The log of the app: what keeps it from listening. Its setting of address and port.',
      looksAlike:
        'A Service that leads to another port than the one that the app listens on: NC4004. Some firewalls refuse what a policy denies.',
    },
  },
  {
    ...cause,
    code: 'NC6003',
    id: 'app-listens-on-loopback',
    title: 'the app listens on the loopback address only',
    page: {
      meaning:
        'In the pod itself the port is open on 127.0.0.1 or ::1 and on no other address. The app reaches itself, kubectl port-forward works too, and nothing else can connect.',
      confirm: ['kubectl debug -it POD -n NAMESPACE --image=nicolaka/netshoot -- ss -ltn'],
      mend: 'Let the app listen on 0.0.0.0, or :: for both families; often it is a setting named bind, host or listen.',
      looksAlike:
        'In a service mesh the sidecar may connect to the app from within the pod: then loopback may be meant.',
    },
  },
  {
    ...symptom,
    code: 'NC6004',
    id: 'connection-timed-out',
    title: 'the connection gets no answer',
    page: {
      meaning: 'Packets left and nothing came back: they are dropped on the way, or the answer is.',
      confirm: ['nc -zv -w 3 HOST PORT', 'kubectl get networkpolicies -n NAMESPACE'],
      mend: 'NetworkPolicies of both sides, then kube-proxy of this node, then firewalls between.',
      looksAlike: 'A host that is switched off looks the same outside of its own network.',
    },
  },
  {
    ...symptom,
    code: 'NC6005',
    id: 'host-unreachable',
    title: 'there is no way to the host',
    page: {
      meaning:
        'The kernel, a router or a firewall said that the network or host cannot be reached, or that sending is prohibited.',
      confirm: ['ip route get ADDRESS', 'ping -c 3 ADDRESS'],
      mend: 'A route, where it is missing; else what the message names.',
      looksAlike: 'A prohibition (a firewall that rejects) reads as "No route to host" too.',
    },
  },
  {
    ...symptom,
    code: 'NC6006',
    id: 'connection-reset',
    title: 'the connection is reset',
    page: {
      meaning: 'The connection stood, and was then cut by the other end or by something between.',
      confirm: ['curl -v URL'],
      mend: 'The log of the server; proxies and firewalls that read the traffic.',
      looksAlike: 'A refused connection never stood: NC6001.',
    },
  },
  {
    ...symptom,
    severity: 'info',
    code: 'NC6007',
    id: 'proxy-answered-connect',
    title: 'a mesh sidecar accepts every connection',
    page: {
      meaning:
        'A proxy in the pod (istio-proxy, linkerd-proxy, ztunnel) takes over what the pod sends over TCP, and accepts each connection itself. That one opens proves nothing of the destination: such connections count as not measured, and only what answers over TLS or HTTP does.',
      confirm: [
        "kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.initContainers[*].name} {.spec.containers[*].name}'",
      ],
      mend: 'Nothing is broken. Of a port that speaks neither TLS nor HTTP, ask the proxy: its log, and istioctl or linkerd.',
      looksAlike: 'An error that the proxy answers with is NC7107.',
    },
  },
  {
    ...symptom,
    code: 'NC6008',
    id: 'one-family-broken',
    title: 'one of IPv4 and IPv6 does not work',
    page: {
      meaning:
        'The pod has addresses of both families. Every internet target of one failed, and one of the other answered. What has the dead family only is out of reach, and programs that try it first wait, or fail.',
      confirm: ['curl -4 -m 5 https://example.com/', 'curl -6 -m 5 https://example.com/', 'ip -6 route'],
      mend: 'A route and masquerading (or routed addresses) for that family on the nodes, and its range (0.0.0.0/0, ::/0) in the egress policies; or give the pods no addresses of it.',
      looksAlike: 'A pod with addresses of one family only is asked in that family only.',
    },
  },
];
