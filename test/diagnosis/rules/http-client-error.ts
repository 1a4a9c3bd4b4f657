import type { OutcomeOf } from '../../../probes/index.ts';
import { type RuleCases, responded } from '../build.ts';
import { frontGet, toService, toWeb } from '../to-destination.ts';

const answered = (
  status: number,
  more: Partial<Extract<OutcomeOf<'http-get'>, { kind: 'responded' }>> = {},
): OutcomeOf<'http-get'> => ({ kind: 'responded', status, phases: { connect: 2, total: 9 }, ...more });
const asked = (outcome: OutcomeOf<'http-get'>) => toService({ observations: [frontGet(outcome)] });
const TO_TLS = answered(400, { bodyStart: 'Client sent an HTTP request to an HTTPS server.' });

export const cases: RuleCases = {
  fires: [
    {
      name: 'nothing at the path',
      facts: asked(answered(404, { server: 'nginx/1.25.3' })),
      summary:
        /^http:..web. answers with HTTP 404 Not Found \(server: nginx.1.25.3\): it has nothing at this path$/,
      about: 'destination',
      severity: 'warning',
      confidence: 'certain',
      tells: [/the way to it works/, /^curl -vk http:..web.$/],
    },
    {
      name: 'who asks',
      facts: asked(answered(401)),
      summary: /wants to know who asks, and netcheck sends no credentials$/,
    },
    { name: 'too often', facts: asked(answered(429)), summary: /limits how often it is asked$/ },
    { name: 'any other', facts: asked(answered(418)), summary: /HTTP 418: it declines the request$/ },
    {
      name: 'the app itself forbids it',
      facts: asked(answered(403, { bodyStart: 'nope' })),
      summary: /it does not allow this request$/,
    },
    {
      name: 'no route of the mesh',
      facts: asked(answered(404, { server: 'envoy' })),
      summary: /the mesh proxy has no route for this host and path \(NR\)$/,
    },
    {
      name: 'the app behind the mesh has nothing there',
      facts: asked(answered(404, { server: 'envoy', headers: { 'x-envoy-upstream-service-time': '2' } })),
      summary: /it has nothing at this path$/,
    },
    {
      name: 'a certificate of the client is wanted',
      facts: asked(answered(400, { bodyStart: '400 No required SSL certificate was sent' })),
      summary: /wants a certificate of the client/,
      severity: 'warning',
    },
    {
      name: 'the port speaks TLS, and http was only guessed',
      facts: asked(TO_TLS),
      summary: /it speaks TLS at this port, ask for https:..web:80.$/,
      severity: 'warning',
      tells: [/^http was asked for because of the name or number/],
    },
    {
      name: 'the port speaks TLS, and the user asked for http',
      facts: toService({
        observations: [frontGet(TO_TLS)],
        destination: { ...toWeb, requested: 'http://web/', url: 'http://web/' },
      }),
      summary: /it speaks TLS at this port/,
      severity: 'error',
    },
  ],
  silent: [
    { name: 'served', facts: toService() },
    { name: 'an error of the server', facts: asked(responded(500)) },
    { name: 'a redirect', facts: asked(answered(302, { redirect: 'http://web/login' })) },
    {
      name: 'not measured',
      facts: toService({ observations: [frontGet(answered(404))], lost: ['http-get/to/80'] }),
    },
  ],
};
