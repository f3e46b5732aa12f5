import { literally } from '../../core/text.ts'

/** A text without what tells whom and how much it is about, and what stood there. */
export interface Masked {
  readonly text: string
  /** By placeholder. */
  readonly values: ReadonlyMap<string, string>
}

const OPAQUE =
  /https?:\/\/[^\s，。]+|[\w.+-]+@[\w.-]+|[a-z0-9_-]*\d[a-z0-9_-]*[a-z][a-z0-9_-]{3,}/giu
const DIGITS = /\p{Nd}+(?:[.,:/·\s-]?\p{Nd}+)*/gu
const NUMERAL = '[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟廿卅]'
const SPELT = new RegExp(`${NUMERAL}{2,}|${NUMERAL}(?=[万萬亿元块号月日天点折成])`, 'gu')

/** Puts placeholders for opaque parts, for these names and for numbers. */
export function mask(text: string, names: readonly string[]): Masked {
  const values = new Map<string, string>()
  const byValue = new Map<string, string>()
  const placeholder = (letter: string) => (value: string) => {
    const known = byValue.get(letter + value)
    const made = known ?? `[${letter}${lettersOf(values.size)}]`
    byValue.set(letter + value, made)
    values.set(made, value)
    return made
  }
  const longestFirst = [...new Set(names)]
    .filter(Boolean)
    .sort((one, other) => other.length - one.length)
  const named = new RegExp(longestFirst.map(literally).join('|') || '(?!)', 'giu')
  const steps: readonly (readonly [RegExp, string])[] = [
    [OPAQUE, 'X'],
    [named, 'N'],
    [DIGITS, 'D'],
    [SPELT, 'D'],
  ]
  const masked = steps.reduce(
    (shown, [pattern, letter]) =>
      outside(shown, (part) => part.replace(pattern, placeholder(letter))),
    text.replaceAll(PLACEHOLDER, ' '),
  )
  return { text: masked, values }
}

/** A number in two letters: digits of a placeholder would be taken for a number. */
const lettersOf = (number: number): string =>
  String.fromCharCode(65 + Math.floor(number / 26), 65 + (number % 26))

const PLACEHOLDER = /\[[XND][A-Z]{2}\]/g

/** Changes what stands between placeholders. */
function outside(text: string, change: (part: string) => string): string {
  let [result, last] = ['', 0]
  for (const { 0: found, index } of text.matchAll(PLACEHOLDER)) {
    result += change(text.slice(last, index)) + found
    last = index + found.length
  }
  return result + change(text.slice(last))
}

/**
 * A line with what its placeholders stand for; null when it has one that was not given, or a number or
 * an address that is none of the text's.
 */
export function unmask(line: string, { values }: Masked): string | null {
  let known = true
  const between = line.replaceAll(PLACEHOLDER, ' ')
  if (/\p{Nd}|@|:\/\//u.test(between) || between.includes('[')) return null
  const filled = line.replaceAll(PLACEHOLDER, (found) => {
    const value = values.get(found)
    known &&= value !== undefined
    return value ?? ''
  })
  return known ? filled.trim() : null
}
