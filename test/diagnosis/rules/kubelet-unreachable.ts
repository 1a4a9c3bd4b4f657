import { facts, node, notStarted, type RuleCases, ran } from '../build.ts';

const get = (why: string) =>
  `the debug container has ended, and its log cannot be read: Get "https://10.0.0.1:10250/containerLogs/shop/client/netcheck-abcde?follow=true": ${why}`;
const unread = (why: string) => facts({ entry: ran('connection-lost', get(why)), lost: LOST });
const LOST = ['http-get/kubernetes-api', 'tcp-connect/kubernetes-api'];

export const cases: RuleCases = {
  fires: [
    {
      name: 'nothing listens there',
      facts: unread('dial tcp 10.0.0.1:10250: connect: connection refused'),
      summary:
        /^The API server cannot reach the kubelet of node node-1, so the log with the answers cannot be read$/,
      severity: 'warning',
      tells: [
        /nothing listens on port 10250/,
        /^kubectl logs client -c netcheck-abcde -n shop$/,
        /^kubectl get node node-1 -o wide$/,
      ],
    },
    {
      name: 'a firewall',
      facts: unread('dial tcp 10.0.0.1:10250: i/o timeout'),
      summary: /kubelet of node node-1/,
      tells: [/firewall/],
    },
    {
      name: 'konnectivity has no agent',
      facts: unread('No agent available'),
      summary: /kubelet/,
      tells: [/^kubectl get pods -n kube-system -l k8s-app=konnectivity-agent -o wide$/],
    },
    {
      name: 'a certificate that waits to be approved',
      facts: unread('remote error: tls: internal error'),
      summary: /kubelet/,
      tells: [/^kubectl get csr$/],
    },
    {
      name: 'the kubelet does not know the API server',
      facts: facts({
        entry: ran(
          'connection-lost',
          'the debug container has ended, and its log cannot be read: Forbidden (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource(s)=[proxy])',
        ),
        lost: LOST,
      }),
      summary: /kubelet/,
      tells: [/does not let the API server's user in/],
    },
    {
      name: 'it was not even seen to start',
      facts: facts({
        entry: notStarted(
          'Timeout',
          'Get "https://10.0.0.1:10250/containerLogs/shop/client/netcheck-abcde": dial tcp 10.0.0.1:10250: i/o timeout',
        ),
      }),
      summary: /kubelet of node node-1/,
    },
  ],
  silent: [
    { name: 'a healthy pod', facts: facts() },
    {
      name: 'the connection to the log broke off, by itself',
      facts: facts({
        entry: ran(
          'connection-lost',
          'the debug container has ended, and its log cannot be read: the connection was lost',
        ),
        lost: LOST,
      }),
    },
    {
      name: 'every answer came, whatever the log said in between',
      facts: facts({ entry: ran('complete', get('No agent available')) }),
    },
    {
      name: 'a node that is not ready, and a log that could be read',
      facts: facts({
        evidence: {
          node: {
            state: 'known',
            value: node({ status: { conditions: [{ type: 'Ready', status: 'False' }] } }),
          },
        },
      }),
    },
  ],
};
