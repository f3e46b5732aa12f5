/** The landing page's whole style, sent within it: one round trip on a cheap phone. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #55606e; --line: #c9d1da; --paper: #fff; --back: #eef2f6; --main: #0b5cad; --fault: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #a9b4c0; --line: #46515e; --paper: #1b222b; --back: #11161c; --main: #7db8f5; --fault: #ff9a90; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 17px/1.6 -apple-system, "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; }
main { max-width: 30rem; margin: 0 auto; min-height: 100vh; padding: 1.5rem 1.25rem 2rem; background: var(--paper); }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .25rem 0 .5rem; }
header p { margin: 0 0 1rem; color: var(--soft); }
header .by { margin: 0; color: var(--main); font-weight: 600; }
.field { margin-bottom: 1rem; }
label { display: block; font-size: .95rem; margin-bottom: .25rem; }
.field input { width: 100%; min-height: 48px; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 10px; }
input:focus-visible, button:focus-visible { outline: 3px solid var(--main); outline-offset: 1px; }
[aria-invalid] { border-color: var(--fault) !important; }
.consent { display: flex; gap: .75rem; align-items: flex-start; margin: 1.25rem 0; }
.consent input { flex: none; width: 24px; height: 24px; margin: .15rem 0 0; accent-color: var(--main); }
.consent label { font-size: .9rem; color: var(--soft); margin: 0; }
.fault { color: var(--fault); font-size: .9rem; margin: .25rem 0 0; }
form > .fault, p.fault[role] { margin: 0 0 1rem; }
button { width: 100%; min-height: 52px; font: inherit; font-weight: 600; color: var(--paper); background: var(--main); border: 0; border-radius: 12px; }
footer { margin-top: 2rem; font-size: .85rem; color: var(--soft); text-align: center; }
`
