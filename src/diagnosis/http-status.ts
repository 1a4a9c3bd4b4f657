/** Status codes by their names (RFC 9110, RFC 6585). */
const NAMES: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [402, 'Payment Required'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [406, 'Not Acceptable'],
  [407, 'Proxy Authentication Required'],
  [408, 'Request Timeout'],
  [410, 'Gone'],
  [421, 'Misdirected Request'],
  [426, 'Upgrade Required'],
  [429, 'Too Many Requests'],
  [431, 'Request Header Fields Too Large'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
  [511, 'Network Authentication Required'],
]);

/** `HTTP 503 Service Unavailable` */
export const statusText = (status: number): string => {
  const name = NAMES.get(status);
  return `HTTP ${status}${name === undefined ? '' : ` ${name}`}`;
};

/** What proxies and load balancers answer for a server behind them. */
export const OF_A_PROXY: readonly number[] = [502, 503, 504];
