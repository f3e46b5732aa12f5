// The few shapes that pictures are drawn with, as SVG.

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** How wide a character is, in ems: a Chinese one is square. */
const width = (character: string): number => (/[ -~]/.test(character) ? 0.58 : 1)

const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + width(character), 0)

/** A text in so many lines at most, each of so many ems; what is left over ends in an ellipsis. */
export function lines(text: string, ems: number, most: number): string[] {
  const made: string[] = []
  let rest = text.trim()
  while (rest && made.length < most) {
    if (widthOf(rest) <= ems) return [...made, rest]
    const last = made.length === most - 1
    let taken = ''
    for (const character of rest) {
      if (widthOf(taken + character) > ems - (last ? 1 : 0)) break
      taken += character
    }
    const blank = last ? -1 : taken.lastIndexOf(' ')
    if (blank > 0) taken = taken.slice(0, blank)
    made.push(last ? `${taken}…` : taken)
    rest = rest.slice(taken.length).trim()
  }
  return made
}

interface Type {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly fill: string
  readonly bold?: boolean
  readonly anchor?: 'start' | 'middle'
}

export const write = (text: string, { x, y, size, fill, bold, anchor = 'middle' }: Type): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${bold ? ' font-weight="700"' : ''}>${escaped(text)}</text>`

/** Several lines below each other, from a first baseline on. */
export const paragraph = (text: string, ems: number, most: number, at: Type): string =>
  lines(text, ems, most)
    .map((line, index) => write(line, { ...at, y: at.y + index * at.size * 1.35 }))
    .join('')

export const svg = (wide: number, high: number, type: string, body: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}" font-family="${type}">${body}</svg>`

export const rect = (
  x: number,
  y: number,
  wide: number,
  high: number,
  fill: string,
  round = 0,
): string =>
  `<rect x="${x}" y="${y}" width="${wide}" height="${high}" rx="${round}" fill="${fill}"/>`
