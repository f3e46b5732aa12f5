/** What is typed by nobody and comes along when text is copied. */
export const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g

/**
 * Typed text as the readers want it: full-width digits, letters and punctuation become half-width,
 * invisible characters go, blanks within a line become one; lines stay lines.
 */
export function normalise(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—―−─]/g, '-')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim()
}
