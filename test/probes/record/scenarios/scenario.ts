/** What is recorded: each question under one condition, with its truth, which the world was built to make so. */
export interface Scenario {
  readonly name: string;
  readonly probe: string;
  readonly question: unknown;
  readonly truth: { readonly k: string; readonly [detail: string]: unknown };
  readonly resolvConf?: string;
  /** Run with BusyBox's applet of the same name as well. */
  readonly busybox?: boolean;
  /** As uid 65532 without capabilities. */
  readonly asNobody?: boolean;
  /** Shell in the pod's network before and after. */
  readonly before?: string;
  readonly after?: string;
  /** The same in the world's network. */
  readonly beforeWorld?: string;
  readonly afterWorld?: string;
  /** Runs curl in the world's time with its certificate authority: the server's own certificate is trusted. */
  readonly trust?: boolean;
}

export const SEARCH = 'search shop.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n';
export const nameservers = (...hosts: readonly number[]): string =>
  hosts.map((host) => `nameserver 203.0.113.${host}\n`).join('');
export const at = (address: string): string => `nameserver ${address}\n`;
