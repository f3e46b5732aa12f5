import {
  findKind,
  type OutcomeKinds,
  offeredKinds,
  outcomeWords,
  type Stage,
} from '../../../../core/outcome.ts'
import { literally } from '../../../../core/text.ts'
import {
  after,
  before,
  type HeardOutcome,
  matchesIn,
  type Piece,
  pattern,
  type Recogniser,
  type View,
} from '../piece.ts'
import { readTyped } from '../typed-line.ts'
import { OUTCOME_PATTERNS } from '../words/outcome-patterns.ts'
import * as words from '../words/outcomes.ts'
import { isConditional } from './conditional.ts'

/** What a bank's kinds are heard by. */
interface Vocabulary {
  readonly source: RegExp
  /** By the number of the group in `source`. */
  readonly codes: readonly string[]
  /** From this group on they are weak. */
  readonly weakFrom: number
  readonly manners: ReadonlyMap<string, Manner>
}

/**
 * How a kind is told from what only sounds so. `refusal`: not where it has an object (不考虑别家); `wish`: not
 * for should there be some; `ban`: not with a condition; `act`: not before it is done, nor elsewhere.
 */
export type Manner = 'refusal' | 'wish' | 'ban' | 'act' | null

const MANNERS: Readonly<Record<Stage, Manner>> = {
  ...{ none: null, reached: null, interested: 'wish', applied: 'act', approved: 'act' },
  ...{ signed: 'act', granted: 'act', lost: 'refusal', barred: 'ban' },
}

const VOCABULARIES = new WeakMap<OutcomeKinds, Vocabulary>()

const wordPattern = (word: string): string =>
  `${/^\w/.test(word) ? '\\b' : ''}${literally(word)}${/\w$/.test(word) ? '\\b' : ''}`

/** One pattern of all that is said of a bank's kinds: as shipped, and in words of its own. */
function vocabularyOf(kinds: OutcomeKinds): Vocabulary {
  const known = VOCABULARIES.get(kinds)
  if (known) return known
  const offered = new Set(offeredKinds(kinds).map(({ code }) => code))
  const shipped = OUTCOME_PATTERNS.filter(({ code }) => offered.has(code)).map(
    ({ code, words: { zh, en } }) => ({ code, source: [...zh, ...en].join('|') }),
  )
  const heard = new RegExp(shipped.map(({ source }) => source).join('|') || '(?!)', 'i')
  const own = outcomeWords(kinds)
    .flatMap(({ code, words: { zh, en } }) => [...zh, ...en].map((word) => ({ code, word })))
    .filter(({ word }) => !heard.test(word))
    .toSorted((a, b) => b.word.length - a.word.length)
    .map(({ code, word }) => ({ code, source: wordPattern(word) }))
  const weak = OUTCOME_PATTERNS.flatMap(({ code, weak: hint }) =>
    hint && offered.has(code) ? { code, source: hint.words.join('|') } : [],
  )
  const all = [...own, ...shipped, ...weak]
  const vocabulary = {
    source: new RegExp(
      all.map(({ source }, place) => `(?<k${place}>${source})`).join('|') || '(?!)',
      'gi',
    ),
    codes: all.map(({ code }) => code),
    weakFrom: all.length - weak.length,
    manners: new Map(kinds.map(({ code, stage }) => [code, MANNERS[stage]] as const)),
  }
  VOCABULARIES.set(kinds, vocabulary)
  return vocabulary
}

/** How a kind is told from what only sounds so; null: by its words alone. */
export const mannerOf = (kinds: OutcomeKinds, code: string): Manner =>
  vocabularyOf(kinds).manners.get(code) ?? null

/** What stands around an outcome's word: as it was said, and without what is a piece of its own. */
interface Around {
  readonly said: string
  /** In the same line. */
  readonly left: string
  readonly right: string
  readonly openRight: string
}

function manner(of: Manner, around: Around): HeardOutcome['how'] {
  const { said, left, right, openRight } = around
  if (words.ASKED.test(left) || words.QUESTION.test(openRight)) return 'asked'
  if (words.TURNED.test(left)) return 'turned'
  if (
    words.TAKEN_BACK.test(openRight) ||
    words.ELSEWHERE.test(right.replace(of === 'act' ? /^\s+/ : '', ''))
  )
    return 'asked'
  switch (of) {
    case 'wish':
      return words.SHOULD_THERE_BE.test(right) ? 'asked' : 'sure'
    case 'ban':
      return words.AT_A_TIME.test(left) || isConditional(said, left, right) ? 'asked' : 'sure'
    case 'refusal':
      if (/先$/.test(left)) return 'asked'
      return words.MAY_REFUSE_THAT.test(said) && words.REFUSES_THAT.test(openRight)
        ? 'asked'
        : 'sure'
    case 'act':
      return words.NOT_DONE_HERE.test(left) ||
        (words.AT_A_TIME.test(left) && !words.DONE.test(said))
        ? 'asked'
        : 'sure'
    default:
      return 'sure'
  }
}

function* heardIn(
  { open, text }: Pick<View, 'open' | 'text'>,
  kinds: OutcomeKinds,
): Iterable<Piece<'outcome'>> {
  const { source, codes, weakFrom, manners } = vocabularyOf(kinds)
  for (const match of matchesIn(open, source)) {
    const [said] = match
    const group = codes.findIndex((_, place) => match.groups?.[`k${place}`] !== undefined)
    const code = codes[group]
    if (code === undefined || said === '') continue
    const [start, end] = [match.index, match.index + said.length]
    const left = before(text, start)
    const around = {
      said,
      left: left.slice(left.lastIndexOf('\n') + 1),
      right: after(text, end),
      openRight: after(open, end),
    }
    const heard = manner(manners.get(code) ?? null, around)
    const how = heard === 'sure' && group >= weakFrom ? ('weak' as const) : heard
    yield { kind: 'outcome', start, end, said, value: { code, how } }
  }
}

export const OUTCOMES: readonly Recogniser[] = [
  { ...{ rank: 6, needs: [] }, find: (view) => heardIn(view, view.context.at.kinds) },
  pattern(6, 'same', ['同也样a'], words.SAME),
]

/** Every outcome that a text by itself speaks of, as a cell of a workbook. */
export function outcomesIn(typed: string, kinds: OutcomeKinds): HeardOutcome[] {
  const { text } = readTyped(typed)
  return [...heardIn({ open: text, text }, kinds)].flatMap(({ value }) => value ?? [])
}

/** A kind whose playbook says how much later the same day: 晚点 says no more. */
export const SOON = 'busy'

/** 没接,说在开会: of kinds that reached nobody the one that says why is a remark. */
export function withoutRemark(codes: ReadonlySet<string>, kinds: OutcomeKinds): string[] {
  const nobody = (code: string) => findKind(kinds, code)?.stage === 'none'
  const all = [...codes]
  return all.length > 1 && all.every(nobody) ? all.filter((code) => code !== SOON) : all
}

/** The outcome of a text about which nobody can be asked; null: it says none, several or one in doubt. */
export function surelySaid(typed: string, kinds: OutcomeKinds): string | null {
  const alone = aloneOutcome(kinds, typed.trim())
  if (alone) return alone
  const heard = outcomesIn(typed, kinds)
  if (heard.some(({ how }) => how === 'asked' || how === 'turned')) return null
  const sure = heard.flatMap(({ code, how }) => (how === 'sure' ? code : []))
  const [code, ...more] = withoutRemark(new Set(sure), kinds)
  return code !== undefined && more.length === 0 ? code : null
}

/** The outcome that a word means by standing alone: 申请, which within a sentence says nothing. */
export function aloneOutcome(kinds: OutcomeKinds, word: string): string | null {
  const found = OUTCOME_PATTERNS.find(({ alone }) => alone?.includes(word.toLowerCase()))
  return offeredKinds(kinds).find(({ code }) => code === found?.code)?.code ?? null
}

/** Beside what a weak word of a kind stands: 约|周三; null: by itself. */
export const besideWeak = (code: string): 'amount' | 'day' | null =>
  OUTCOME_PATTERNS.find((each) => each.code === code)?.weak?.beside ?? null
