/** What is typed by nobody and comes along when text is copied. */
export const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]/g

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
