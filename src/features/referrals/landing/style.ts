import { inkOn, readableOn } from '../../../core/colour.ts'

const LIGHT = { paper: '#ffffff', back: '#eef2f6' }
const DARK = { paper: '#1a212a', back: '#10151b' }

/** Text of the bank's colour stands on paper that is tinted with it too. */
const WELL = 5.6

/** The pages' whole style in the bank's colour, sent within them: one round trip on a cheap phone. */
export const styleOf = (colour: string): string =>
  `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #55606e; --line: #8593a3; --paper: ${LIGHT.paper}; --back: ${LIGHT.back}; --main: ${readableOn(LIGHT.paper, colour, WELL)}; --on: ${inkOn(readableOn(LIGHT.paper, colour, WELL))}; --fault: #b3261e; --tint: color-mix(in srgb, var(--main) 9%, var(--paper)); }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #b0bac6; --line: #66727f; --paper: ${DARK.paper}; --back: ${DARK.back}; --main: ${readableOn(DARK.paper, colour, WELL)}; --on: ${inkOn(readableOn(DARK.paper, colour, WELL))}; --fault: #ff9a90; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--back); color: var(--ink); font: 17px/1.55 -apple-system, "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; -webkit-text-size-adjust: 100%; }
.bank { margin: 0; padding: .7rem 1.25rem; background: ${colour}; color: ${inkOn(colour)}; font-weight: 600; letter-spacing: .04em; }
.bank span, main { display: block; width: 100%; max-width: 27.5rem; margin: 0 auto; }
main { flex: 1; padding: 1.25rem 1.25rem 2rem; background: var(--paper); }
h1 { font-size: 1.55rem; line-height: 1.3; margin: .25rem 0 .5rem; }
h2 { font-size: 1.1rem; margin: 1.4rem 0 .3rem; }
p { margin: 0 0 1rem; }
a { color: var(--main); }
.by { display: flex; align-items: center; gap: .6rem; margin: 0 0 .75rem; color: var(--main); font-weight: 600; }
.by i { flex: none; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--tint); display: grid; place-items: center; font-style: normal; }
.lead { color: var(--soft); }
.field { margin-bottom: .9rem; }
.field label { display: block; font-size: .95rem; margin-bottom: .2rem; }
.field label small { color: var(--soft); font-size: .85rem; }
.field input { width: 100%; min-height: 48px; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 10px; }
.field input::placeholder { color: var(--soft); opacity: 1; }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.field input[aria-invalid] { border: 2px solid var(--fault); }
.consent { display: flex; gap: .75rem; align-items: flex-start; margin: 1.1rem 0; padding: .8rem; background: var(--tint); border-radius: 10px; }
.consent input { flex: none; width: 24px; height: 24px; margin: .1rem 0 0; accent-color: var(--main); }
.consent label { font-size: .9rem; }
.consent p { margin: .25rem 0 0; font-size: .9rem; }
.fault { color: var(--fault); font-size: .9rem; margin: .25rem 0 0; }
.fault[role] { margin: 0 0 1rem; padding: .6rem .8rem; border: 1px solid var(--fault); border-radius: 10px; }
.more { position: absolute; left: -99rem; width: 1px; height: 1px; overflow: hidden; }
button { width: 100%; min-height: 52px; font: inherit; font-weight: 600; color: var(--on); background: var(--main); border: 0; border-radius: 12px; }
button.quiet { color: var(--fault); background: transparent; border: 1px solid var(--fault); }
.steps { list-style: none; margin: 0 0 1.25rem; padding: .9rem 1rem; background: var(--tint); border-radius: 10px; }
.steps li + li { margin-top: .5rem; }
.steps b { color: var(--main); }
footer { margin-top: 1.75rem; font-size: .85rem; color: var(--soft); text-align: center; }
`
    .trim()
    .replaceAll('\n', '')
