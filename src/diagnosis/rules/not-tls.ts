import { httpRule } from '../http-drafts.ts';

export default httpRule({
  id: 'not-tls',
  code: 'NC7005',
  layer: 'tls',
  looksLike: 'something else listens on that port, or a proxy answers in its place',
  next: [],
});
