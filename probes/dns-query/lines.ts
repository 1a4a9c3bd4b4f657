/** The lines of BIND's dig (9.11 to 9.20, bin/dig/dig.c and lib/dns/masterdump.c), one expression a kind; shared/dighost.ts has the rest. */

/** ;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 43739 */
export const HEADER =
  /^;; ->>HEADER<<- opcode: QUERY, status: (?<rcode>[A-Z]{2,10}\d{0,2}|\?\d{1,5}), id: \d{1,5}$/;
/** ;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0 */
export const FLAGS =
  /^;; flags:(?<flags>(?: [a-z]{2}){0,7})(?:; MBZ: 0x4)?; QUERY: \d{1,5}, ANSWER: (?<answers>\d{1,5}), AUTHORITY: \d{1,5}, ADDITIONAL: \d{1,5}$/;
/** ;www.example.com.		IN	A */
export const QUESTION = /^;(?<name>[^\s;]\S{0,1023})[ \t]+IN[ \t]+(?<type>[A-Z][A-Z\d-]{0,15})$/;
export const ANSWER_SECTION = /^;; ANSWER SECTION:$/;
/** www.example.com.	5	IN	A	203.0.113.10 */
export const RECORD =
  /^(?<name>[^\s;]\S{0,1023})[ \t]+(?<ttl>\d{1,10})[ \t]+IN[ \t]+(?<type>[A-Z][A-Z\d-]{0,15})[ \t]+(?<data>\S.*)$/;
export const QUERY_TIME = /^;; Query time: (?<ms>\d{1,7}) msec$/;
/** ;; SERVER: 203.0.113.53#53(203.0.113.53) (UDP); BIND before 9.18 leaves out the last word. */
export const ANSWERED_BY =
  /^;; SERVER: (?<server>[\da-fA-F.:]{2,45}(?:%[\w.-]{1,15})?)#\d{1,5}\(\S{1,255}\)(?: \((?<transport>UDP|TCP)\))?$/;
export const SIZE = /^;; MSG SIZE {2}rcvd: (?<bytes>\d{1,5})$/;
/** dig: couldn't get address for 'nope.example.com': not found */
export const BAD_SERVER =
  /^dig: (?:couldn't get address for '(?<name>.{1,1100})': [\w /-]{1,80}|no valid addresses for '.{1,1100}')$/;
