/**
 * Typed text as the readers want it: full-width digits, letters and punctuation become half-width,
 * invisible characters go, blanks within a line become one; lines stay lines.
 */
export function normalise(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[–—−]/g, '-')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim()
}
