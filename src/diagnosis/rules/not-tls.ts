import { httpRule } from '../http-drafts.ts';
import { couldBe } from '../wording.ts';

export default httpRule({
  id: 'not-tls',
  code: 'NC7005',
  layer: 'tls',
  looksLike: couldBe('something else that listens on that port, or a proxy that answers in its place'),
  next: [],
});
