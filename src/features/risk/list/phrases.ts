import type { Reading } from '../../../bot/grammar/reading.ts'
import { takeUntil } from '../../../bot/grammar/until.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { readIdentity } from '../../clients/identity/rules.ts'
import { looksLikeIdentity } from '../rules.ts'

/** Numbers as they were typed, with the reason and the last day. */
export interface SaidEntry {
  readonly numbers: readonly string[]
  readonly reason: string
  readonly until: Day | null
}

/** No number is longer; what is read of a line is bounded. */
const MOST_CHARACTERS = 40
/** A number is written in no more groups than this. */
const MOST_GROUPS = 6

/** The numbers that a text begins with, and the rest of it. */
export function takeNumbers(text: string): { numbers: string[]; rest: string } {
  const numbers: string[] = []
  let rest = text.replace(SEPARATORS, '')
  for (;;) {
    const number = numberAtStart(rest)
    // A word such as 军字第2001988号 is a number where one must stand, and a reason behind one.
    if (!number || (numbers.length > 0 && /^\p{Script=Han}/u.test(number))) return { numbers, rest }
    numbers.push(number)
    rest = rest.slice(number.length).replace(SEPARATORS, '')
  }
}

const SEPARATORS = /^[\s,、]+/

/** The first word, or the first few where only together they are a number (91 110000 600037341L). */
function numberAtStart(text: string): string | null {
  const [first = ''] = text.match(/^[^\s,、]+/) ?? []
  if (first.length > MOST_CHARACTERS) return null
  if ('kind' in readIdentity(first)) return first
  for (let groups = 2; groups <= MOST_GROUPS; groups += 1) {
    const pattern = new RegExp(`^[+0-9A-Za-z()-]+(?: [0-9A-Za-z()-]+){${groups - 1}}(?![^\\s,、])`)
    const [said] = text.match(pattern) ?? []
    if (said && 'kind' in readIdentity(said)) return said
  }
  return looksLikeIdentity(first) ? first : null
}

/** Reads "13800138000 冒用他人资料 至 2027-12-31"; without a day it is for good. A number alone asks whether it is listed. */
export function readEntry(rest: string, at: Moment): Reading<SaidEntry> {
  const { numbers, rest: words } = takeNumbers(rest)
  if (numbers.length === 0 || words === '') return { kind: 'no' }
  const taken = takeUntil(words, at.today, at.workdays)
  const input = { numbers, reason: taken.rest, until: 'until' in taken ? taken.until : null }
  const why = {
    question: { zh: '为什么列入？请写理由。', en: 'Why? Please give the reason.' },
    slots: ['reason'],
    expects: 'text',
  } as const
  const day = {
    question: {
      zh: `日期"${'said' in taken ? taken.said : ''}"不能确定，到哪一天为止？比如 2027-12-31。`,
      en: 'That day is not clear. Until which day? For example 2027-12-31.',
    },
    slots: ['until'],
    expects: 'day',
  } as const
  const [first, ...more] = [...(input.reason ? [] : [why]), ...('fault' in taken ? [day] : [])]
  return first ? { kind: 'asks', input, doubts: [first, ...more] } : { kind: 'understood', input }
}
