import { readFileSync } from 'node:fs'
import { inkOn, readableOn } from '../core/colour.ts'

/** The paper that text of the bank's colour stands on, by day and by night: `--paper` of the sheets. */
const PAPER = { light: '#ffffff', dark: '#1a212a' }

/** Contrast of such text: more than the least, as it stands on paper tinted with it too. */
const CONTRAST = 5.6

/** `--main`: the bank's colour as it can be read on paper; `--on`: text on it. */
function readable(paper: string, colour: string): string {
  const main = readableOn(paper, colour, CONTRAST)
  return `--main:${main};--on:${inkOn(main)};`
}

/** What all pages begin with. */
const COMMON = new URL('./page.css', import.meta.url)

const onOneLine = (sheet: URL): string =>
  readFileSync(sheet, 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * A style sheet to be sent within a page (one round trip on a cheap phone), on one line, with the
 * bank's colours (`#rrggbb`) before it: `--bank`, `--on-bank`, `--main`, `--on`.
 */
export function pageStyle(sheet: URL): (colour: string) => string {
  const css = onOneLine(COMMON) + onOneLine(sheet)
  return (colour) =>
    `:root{--bank:${colour};--on-bank:${inkOn(colour)};${readable(PAPER.light, colour)}}` +
    `@media (prefers-color-scheme:dark){:root{${readable(PAPER.dark, colour)}}}${css}`
}
