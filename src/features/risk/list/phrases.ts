import type { Moment } from '../../../bot/moment.ts'
import type { Reading } from '../../../bot/words/reading.ts'
import { takeUntil } from '../../../bot/words/until.ts'
import type { Day } from '../../../core/time.ts'
import { looksLikeIdentity } from '../rules.ts'

/** Numbers as they were typed, with the reason and the last day. */
export interface SaidEntry {
  readonly numbers: readonly string[]
  readonly reason: string
  readonly until: Day | null
}

/** The numbers that a text begins with, and the rest of it. */
export function takeNumbers(text: string): { numbers: string[]; rest: string } {
  const numbers: string[] = []
  let rest = text
  for (;;) {
    const [said = '', number = ''] = rest.match(/^[\s,、]*([^\s,、]+)[\s,、]*/) ?? []
    if (!looksLikeIdentity(number)) return { numbers, rest }
    numbers.push(number)
    rest = rest.slice(said.length)
  }
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
      zh: `日期"${'said' in taken ? taken.said : ''}"不行，到哪一天为止？`,
      en: 'That day will not do. Until which day?',
    },
    slots: ['until'],
    expects: 'day',
  } as const
  const [first, ...more] = [...(input.reason ? [] : [why]), ...('fault' in taken ? [day] : [])]
  return first ? { kind: 'asks', input, doubts: [first, ...more] } : { kind: 'understood', input }
}
