import { httpRule } from '../http-drafts.ts';

export default httpRule({
  id: 'handshake-failed',
  code: 'NC7004',
  layer: 'tls',
  looksLike:
    'small packets pass and the handshake does not: a path MTU that is too small, or a filter that reads TLS, looks like this',
  next: ['ping -M do -s 1372 -c 3 1.1.1.1'],
});
