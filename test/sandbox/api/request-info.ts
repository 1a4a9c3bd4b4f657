/** What a request asks for, read from its method and URL. Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go. */

export interface RequestInfo {
  readonly isResource: boolean;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for non-resources the method in lower case. */
  readonly verb: string;
  readonly path: string;
  readonly group: string;
  readonly version: string;
  readonly namespace: string | undefined;
  readonly resource: string;
  readonly subresource: string;
  readonly name: string | undefined;
}

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const NAMESPACE_SUBRESOURCES: readonly string[] = ['status', 'finalize'];

const isTrue = (value: string | null): boolean => value !== null && value !== 'false' && value !== '0';

const collectionVerb = (verb: string, query: URLSearchParams): string => {
  if (verb === 'get') return isTrue(query.get('watch')) ? 'watch' : 'list';
  return verb === 'delete' ? 'deletecollection' : verb;
};

/** `metadata.name=X` in a field selector counts as the name, so that RBAC's resourceNames works for list and watch. */
const nameInSelector = (query: URLSearchParams): string | undefined =>
  /(?:^|,)metadata\.name==?([^,!=]+)/.exec(query.get('fieldSelector') ?? '')?.[1];

export const readRequestInfo = (method: string, url: URL): RequestInfo => {
  const path = url.pathname;
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const none = { group: '', version: '', namespace: undefined, resource: '', subresource: '' };
  const other = { ...none, isResource: false, verb: method.toLowerCase(), path, name: undefined };
  const [root, ...rest] = parts;
  if (root !== 'api' && root !== 'apis') return other;
  const [group = '', version = '', ...target] = root === 'api' ? ['', ...rest] : rest;
  if (target.length === 0) return other;

  let namespace: string | undefined;
  let [resource = '', name, subresource = ''] = target;
  if (resource === 'namespaces' && name !== undefined) {
    namespace = name;
    if (target.length > 2 && !NAMESPACE_SUBRESOURCES.includes(subresource)) {
      resource = target[2] ?? '';
      name = target[3];
      subresource = target[4] ?? '';
    }
  }
  const verb = VERBS[method] ?? method.toLowerCase();
  return {
    isResource: true,
    verb: name === undefined ? collectionVerb(verb, url.searchParams) : verb,
    path,
    group,
    version,
    namespace,
    resource,
    subresource,
    name: name ?? (method === 'GET' ? nameInSelector(url.searchParams) : undefined),
  };
};
