/** `#rrggbb`. */
type Colour = string

const channels = (colour: Colour): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

const hex = (values: readonly number[]): Colour =>
  `#${values.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`

/** Relative luminance, 0…1 (WCAG 2.2). */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** How well one colour stands out from another, 1…21 (WCAG 2.2). */
export function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const mixed = (colour: Colour, into: Colour, share: number): Colour => {
  const goal = channels(into)
  return hex(channels(colour).map((value, at) => value + ((goal[at] ?? 0) - value) * share))
}

/** The least contrast that text needs (WCAG 2.2, AA). */
const LEAST = 4.5

/** The colour, darkened or lightened until text of it can be read on a background. */
export function readableOn(background: Colour, colour: Colour, least = LEAST): Colour {
  const into = luminance(background) > 0.18 ? '#000000' : '#ffffff'
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mixed(colour, into, share)
    if (contrast(tried, background) >= least) return tried
  }
  return into
}

/** White or black, whichever can be read better on a colour. */
export const inkOn = (colour: Colour): Colour =>
  contrast('#ffffff', colour) >= contrast('#000000', colour) ? '#ffffff' : '#000000'
