/** What every handler of the double works with. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Kubelet, Store } from '../contract.ts';
import type { IpFamily } from '../families.ts';
import type { User } from './auth/user.ts';
import type { FaultAction, Faults } from './faults.ts';
import type { History } from './history.ts';
import type { RequestInfo } from './request-info.ts';
import type { Resource } from './resources.ts';

/** One running API server. */
export interface Api {
  readonly store: Store;
  readonly kubelet: Kubelet;
  readonly tokens: Map<string, User>;
  readonly faults: Faults;
  readonly history: History;
  /** Of the Service ranges; Services get the first when nobody says which. */
  readonly ipFamilies: readonly IpFamily[];
}

/** One request, after authentication. */
export interface Call {
  readonly api: Api;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly info: RequestInfo;
  readonly user: User;
  /** Faults that hit this request. */
  readonly faults: readonly FaultAction[];
}

/** A call of a resource that the double serves. */
export interface ResourceCall extends Call {
  readonly resource: Resource;
}

/** Where the store keeps it: the Namespace `x` itself lies in no namespace, although its URL names one. */
export const storedIn = ({ resource, info }: ResourceCall): string | undefined =>
  resource.namespaced ? info.namespace : undefined;

export const isDryRun = (query: URLSearchParams): boolean => query.getAll('dryRun').includes('All');
