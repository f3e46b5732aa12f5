import type { Catalogue } from '../../core/catalogue.ts'
import { literally } from '../../core/text.ts'
import { offered } from '../catalogue/rules.ts'
import { DATES } from './words/dates.ts'
import { EN } from './words/en.ts'
import { MONTHS } from './words/months.ts'
import type { Means, Word } from './words/word.ts'
import { ZH } from './words/zh.ts'

/** A part of a line: a word with what it says, or a run of which nobody knows anything (`means` null). */
export interface Piece {
  readonly text: string
  readonly means: Means | null
}

interface Pattern {
  readonly at: RegExp
  readonly means: Word['means']
}

const patternOf = ({ said, means }: Word): Pattern => ({ at: new RegExp(said, 'iuy'), means })

const PATTERNS: readonly Pattern[] = [...ZH, ...EN, ...MONTHS, ...DATES].map(patternOf)

const productsOf = (catalogue: Catalogue): Pattern[] =>
  offered(catalogue).map(({ code, words }) => {
    const said = words.map((word) =>
      /^[a-z]/.test(word) ? `(?<![a-z])${literally(word)}s?(?![a-z])` : literally(word),
    )
    return patternOf({ said: said.join('|'), means: { product: code } })
  })

const PATTERNS_OF = new WeakMap<Catalogue, readonly Pattern[]>()

function patternsWith(catalogue: Catalogue): readonly Pattern[] {
  const known = PATTERNS_OF.get(catalogue) ?? [...PATTERNS, ...productsOf(catalogue)]
  PATTERNS_OF.set(catalogue, known)
  return known
}

/**
 * A line as words, the longest first at each place, and runs between them; all of it is in a piece. Null as soon as a
 * run is none that may be: most sentences end there.
 */
export function scan(
  text: string,
  catalogue: Catalogue,
  mayBe: (run: string) => boolean,
): Piece[] | null {
  const patterns = patternsWith(catalogue)
  const pieces: Piece[] = []
  let run = ''
  const end = () => {
    if (run.trim()) pieces.push({ text: run.trim(), means: null })
    run = ''
  }
  for (let place = 0; place < text.length; ) {
    if (!mayBe(run)) return null
    const found = longestAt(text, place, patterns)
    if (found && !isLoose(found.text, run.trim(), text.slice(place + 1), patterns)) {
      end()
      pieces.push(found)
      place += found.text.length
    } else {
      run += text[place] ?? ''
      place++
    }
  }
  if (!mayBe(run)) return null
  end()
  return pieces
}

/** A single character in or before a run belongs to it where more of the run follows: 国家电网, 户部巷. */
const isLoose = (word: string, run: string, after: string, patterns: readonly Pattern[]): boolean =>
  (run ? /^(?!的)\p{Script=Han}$/u : /^[户家个位名件笔次]$/).test(word) &&
  /^\p{Script=Han}/u.test(after) &&
  longestAt(after, 0, patterns) === null

function longestAt(text: string, place: number, patterns: readonly Pattern[]): Piece | null {
  let best: Piece | null = null
  for (const { at, means } of patterns) {
    at.lastIndex = place
    const found = at.exec(text)
    if (!found || found[0].length <= (best?.text.length ?? 0)) continue
    const said = typeof means === 'function' ? means(lowered(found.groups ?? {})) : means
    if (said) best = { text: found[0], means: said }
  }
  return best
}

const lowered = (groups: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(groups).flatMap(([name, said]) =>
      said === undefined ? [] : [[name, said.toLowerCase()]],
    ),
  )
