import { INVISIBLE, normalise } from './normalise.ts'

/** A character as the readers see it, with where it stands in what was typed. */
interface Placed {
  readonly seen: string
  readonly from: number
  readonly to: number
}

/**
 * An input whose free text, in these fields at any depth, is as it was typed: readers see ， as a
 * comma, people keep their own marks. What was cut out of the middle stays out.
 */
export function asTyped(input: unknown, fields: readonly string[], typed: string): unknown {
  if (fields.length === 0 || typed.trim() === normalise(typed)) return input
  const placed = places(typed)
  return placed ? restored(input, fields, (text) => found(text, placed, typed)) : input
}

function restored(value: unknown, fields: readonly string[], back: (text: string) => string) {
  if (Array.isArray(value)) {
    return value.map((each): unknown => restored(each, fields, back))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    const free = typeof each === 'string' && fields.includes(key)
    return [key, free ? back(each) : restored(each, fields, back)]
  })
  return Object.fromEntries(entries)
}

const BLANKS = /\s+/g

/** All but the blanks; null where the reader's text is not that of its characters one by one. */
function places(typed: string): readonly Placed[] | null {
  const characters = [...typed.matchAll(/\P{M}\p{M}*|\p{M}+/gu)]
  // One character that stands for several words (ﷺ) cannot be put back in parts.
  if (characters.some(({ 0: each }) => /\s/.test(normalise(each)))) return null
  const placed = characters.flatMap(({ 0: each, index }) => {
    const place = { from: index, to: index + each.length }
    return [...normalise(each).replace(BLANKS, '')].map((seen) => ({ seen, ...place }))
  })
  const whole = placed.map(({ seen }) => seen).join('')
  return whole === normalise(typed).replace(BLANKS, '') ? placed : null
}

/** So many runs of a text are looked for: people's notes are cut in few places. */
const MOST_RUNS = 60

/** A text as it was typed, run by run as long as they stand so in what was typed. */
function found(text: string, placed: readonly Placed[], typed: string): string {
  const sought = [...text]
  let back = ''
  let after = 0
  let looked = 0
  for (let place = 0; place < sought.length; ) {
    // Not worth more: what is left stays as the reader saw it.
    if (++looked > MOST_RUNS) return back + sought.slice(place).join('')
    const { start, length } = longestRun(sought.slice(place), placed, after)
    const [first, last] = [placed[start], placed[start + length - 1]]
    if (first && last) {
      back += typed.slice(first.from, last.to).replace(INVISIBLE, '')
      after = start + length
    } else back += sought[place]
    place += Math.max(length, 1)
  }
  return back
}

/** Where the longest beginning of a text stands; of equals the first after a place, else the first. */
function longestRun(sought: readonly string[], placed: readonly Placed[], after: number) {
  let best = { start: 0, length: 0 }
  for (let turn = 0; turn < placed.length && best.length < sought.length; turn++) {
    const start = (after + turn) % placed.length
    let length = 0
    while (length < sought.length && placed[start + length]?.seen === sought[length]) length++
    if (length > best.length) best = { start, length }
  }
  return best
}
