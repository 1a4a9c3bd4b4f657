/** The page's only style. The policy of the page names it by its SHA-256, so that no other can apply. */
export const STYLE = `
:root{color-scheme:light dark;--line:#8885;--bad:#b3261e;--good:#1a7f37;--warn:#8a5a00}
@media(prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#6fdd8b;--warn:#ffcf70}}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid var(--line)}h3{font-size:1rem}
h1,h2,h3,p,li,td,th,dt,dd,summary,code,pre{unicode-bidi:isolate}
table{border-collapse:collapse;width:100%}td,th{text-align:start;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid var(--line)}
td:first-child,.detail{width:1%;white-space:nowrap}.detail{width:auto;white-space:normal}
pre{padding:.6rem;border:1px solid var(--line);border-radius:.3rem;white-space:pre-wrap}code,pre{font:.9em/1.4 ui-monospace,monospace}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}dt{opacity:.7}dd{margin:0}
.error,.broken,.failed{color:var(--bad)}.ok,.healthy{color:var(--good)}.warning,.unknown,.inconclusive{color:var(--warn)}
`;
/** base64; test/report/documents.test.ts holds it against the text above. */
export const STYLE_SHA256 = 'kI41k3xNO1OQagiPvetcQGCiCAgAlat5BBVt4SS6ZI0=';
