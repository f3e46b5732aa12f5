import { inkOn, readableOn } from '../../core/colour.ts'

const LIGHT = '#ffffff'
const DARK = '#1a212a'
/** Contrast of the bank's colour as text. */
const WELL = 5.6

/** The style of all pages, in the bank's colour, sent within them: one round trip. */
export const styleOf = (colour: string): string => `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #55606e; --line: #d5dce4; --paper: ${LIGHT}; --back: #eef2f6; --main: ${readableOn(LIGHT, colour, WELL)}; --fault: #b3261e; --tint: color-mix(in srgb, var(--main) 8%, var(--paper)); --shade: color-mix(in srgb, var(--ink) 35%, transparent); }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #b0bac6; --line: #3b4652; --paper: ${DARK}; --back: #10151b; --main: ${readableOn(DARK, colour, WELL)}; --fault: #ff9a90; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; -webkit-text-size-adjust: 100%; }
.top { background: ${colour}; color: ${inkOn(colour)}; }
.top div, nav ul, main { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }
.top div { display: flex; align-items: center; gap: 1rem; min-height: 3.25rem; }
.top strong { flex: 1; letter-spacing: .04em; }
.top form { margin: 0; }
.top button { min-height: 44px; padding: 0 .75rem; font: inherit; color: inherit; background: none; border: 1px solid currentColor; border-radius: 8px; }
nav { background: var(--paper); border-bottom: 1px solid var(--line); }
nav ul { list-style: none; display: flex; gap: .25rem; overflow-x: auto; }
nav a { display: flex; align-items: center; min-height: 48px; padding: 0 .8rem; color: var(--soft); text-decoration: none; white-space: nowrap; border-bottom: 3px solid transparent; }
nav a[aria-current] { color: var(--main); border-color: var(--main); font-weight: 600; }
main { padding-top: 1.25rem; padding-bottom: 3rem; }
main.narrow { max-width: 28rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .75rem; }
h2 { font-size: 1.1rem; margin: 0 0 .6rem; }
h2.next { margin-top: 1.25rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); }
a { color: var(--main); }
section, .card { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 1rem; margin: 0 0 1rem; min-width: 0; }
.grid { display: grid; gap: 1rem; margin-bottom: 1rem; align-items: start; }
.grid > * { margin: 0; }
@media (min-width: 52rem) { .grid.two { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin: 0; }
.numbers div { background: var(--tint); border-radius: 12px; padding: .7rem .8rem; }
.numbers dt { color: var(--soft); font-size: .9rem; }
.numbers dd { margin: 0; font-size: 1.6rem; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 1.25; }
.numbers small { display: block; color: var(--soft); font-size: .85rem; font-weight: 400; }
.scroll { overflow-x: auto; background: linear-gradient(to right, var(--paper) 40%, transparent) left / 2.5rem 100% no-repeat local, linear-gradient(to left, var(--paper) 40%, transparent) right / 2.5rem 100% no-repeat local, radial-gradient(farthest-side at 0 50%, var(--shade), transparent) left / .75rem 100% no-repeat, radial-gradient(farthest-side at 100% 50%, var(--shade), transparent) right / .75rem 100% no-repeat; }
.scroll:focus-visible, a:focus-visible, button:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .6rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { color: var(--soft); font-weight: 600; font-size: .9rem; }
th { vertical-align: bottom; }
th:first-child, td:first-child { padding-left: 0; }
.name { text-align: left; }
tbody tr:last-child > * { border-bottom: 0; }
@media (max-width: 30rem) { th, td { padding: .5rem .25rem; } th { font-size: .8rem; white-space: normal; word-break: keep-all; } td { font-size: .95rem; } td.name { white-space: normal; word-break: keep-all; } nav ul { padding: 0 .5rem; gap: 0; } nav li { flex: 1 0 auto; } nav a { justify-content: center; padding: 0 .35rem; font-size: .93rem; } }
img { display: block; width: 100%; height: auto; border-radius: 10px; background: #fff; }
ul.list { list-style: none; margin: 0; padding: 0; }
ul.list a.card { display: block; color: inherit; text-decoration: none; }
ul.list a.card:hover { border-color: var(--main); }
.head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
.head h2 { margin: 0; flex: 1 1 auto; }
.tag { padding: .1rem .6rem; border-radius: 99px; background: var(--tint); color: var(--main); font-size: .85rem; font-weight: 600; }
.points { white-space: pre-line; }
.go { width: 100%; min-height: 52px; font: inherit; font-weight: 600; color: ${inkOn(colour)}; background: ${colour}; border: 0; border-radius: 12px; }
`
