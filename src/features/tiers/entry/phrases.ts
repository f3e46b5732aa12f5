import type { Doubt, Reading } from '../../../bot/grammar/reading.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { type FactName, factKind } from '../../tier-rules/facts.ts'
import { FACT_WORDS } from './aliases.ts'
import { questionOf, readFact } from './read-fact.ts'
import { isGrave } from './rules.ts'

/** A client and what was said of each fact, still as words. */
export interface SaidFacts {
  readonly named: string
  readonly facts: Readonly<Partial<Record<FactName, string>>>
}

interface Mention {
  readonly fact: FactName
  readonly from: number
  readonly to: number
  readonly denied: boolean
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const DENIAL = '(?:没有|没|无|不是|不属于|非|(?:\\bno|\\bnot an?|\\bnot|\\bwithout)\\s+)'
const MENTION = new RegExp(
  `(${DENIAL})?(?:有|是|(?:\\bhas an?|\\bis an?)\\s+)?(${FACT_WORDS.map(([word]) =>
    /^[a-z]/.test(word) ? `\\b${escaped(word)}\\b` : escaped(word),
  ).join('|')})`,
  'gi',
)
const FACT_OF: ReadonlyMap<string, FactName> = new Map(
  [...FACT_WORDS].reverse().map(([word, fact]) => [word, fact]),
)

/**
 * Reads "张三 净资产 320万 开票 410万 经营 2019-05 不是一般纳税人": whose, then facts by any of
 * their names, each with its value; a yes-or-no fact may stand alone, and is denied by 不是, 无, no.
 */
export function readFacts(rest: string, today: Day): Reading<SaidFacts> {
  const blank = rest.search(/\s/)
  const found = mentionsFrom(rest, blank < 0 ? 1 : blank)
  const [first] = found
  if (!first) return { kind: 'no' }
  const named = rest.slice(0, first.from).replace(/(?<![\s的:,])[\s的:,]+$/, '')
  if (!named) return { kind: 'no' }
  const facts: Partial<Record<FactName, string>> = {}
  const doubts: Doubt[] = []
  for (const [place, mention] of found.entries()) {
    const until = found[place + 1]?.from ?? rest.length
    const typed = rest.slice(mention.to, until).replace(/^[\s:=,;、]+|[\s,;、.。]+$/g, '')
    const said = impliedBy(mention, typed)
    if (facts[mention.fact] !== undefined && facts[mention.fact] !== said) {
      return { kind: 'no' }
    }
    facts[mention.fact] = said ?? ''
    const read = said === null ? null : readFact(mention.fact, said, today)
    if (read === null || 'unclear' in read) {
      const question = read && 'unclear' in read ? read.unclear : questionOf(mention.fact)
      doubts.push({ question, slots: [`facts.${mention.fact}`], expects: 'text' })
    }
  }
  const [doubt, ...more] = doubts
  const input = { named, facts }
  return doubt ? { kind: 'asks', input, doubts: [doubt, ...more] } : { kind: 'understood', input }
}

function mentionsFrom(text: string, start: number): Mention[] {
  const found = [...text.matchAll(MENTION)].filter(({ index }) => index >= start)
  if (found.length === 0 && start > 1) return mentionsFrom(text, 1)
  return found.flatMap((match) => {
    const fact = FACT_OF.get((match[2] ?? '').toLowerCase())
    const { index } = match
    return fact ? [{ fact, from: index, to: index + match[0].length, denied: !!match[1] }] : []
  })
}

/** What a mention says of its fact; null when that has to be asked. */
function impliedBy({ fact, denied }: Mention, typed: string): string | null {
  const kind = factKind(fact)
  if (denied) return typed === '' && (kind === 'yes-no' || kind === 'yuan') ? '无' : null
  if (typed !== '') return typed
  return kind === 'yes-no' && !isGrave(fact, true) ? '是' : null
}
