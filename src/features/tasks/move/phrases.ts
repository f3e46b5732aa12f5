import { takeDay } from '../../../bot/grammar/day.ts'
import { noteLeft } from '../../../bot/grammar/note.ts'
import type { Doubt, Reading } from '../../../bot/grammar/reading.ts'
import { MOST_IN_SPAN } from '../../../bot/grammar/scan/kinds/lists.ts'
import { type Day, isDay } from '../../../core/calendar/time.ts'
import type { Workdays } from '../../../core/calendar/workdays.ts'
import type { OutcomeKinds } from '../../../core/outcome.ts'
import { hearOutcomes } from '../outcomes/outcome-words.ts'

/** Not one of the list, but a date, a span or a count: 3 12/3, 3 2天后. */
const DATED =
  '(?![\\d月日./]|\\s*-|\\s*(?:(?:周(?![一二三四五六日天])|[天年点时个万])|days?|weeks?|months?))'
/** Numbers of the list: 3, 1、2, 15 16 17, 1-3, 第3件. A blank before "5号" makes it a day. */
const NUMBERS = `(?:第\\s*)?(?<numbers>\\d{1,3}(?:\\s*[-~]{1,3}\\s*\\d{1,3}${DATED}(?!号))?(?:\\s*(?:[,、和跟及与&]|还有|以及|\\band\\b)\\s*\\d{1,3}${DATED}|\\s\\d{1,3}${DATED}(?!号))*)\\s*(?:件|条|号(?!\\d))?`
const POSTPONE =
  '(?:改期|改到|改成|改约|推迟|延期|顺延|推到|挪到|postponed?|put off|pushe?d?(?: back)?(?= (?:to|until|till)\\b)|moved?)'
const HAND = '(?:转给|转交给?|移交给?|交给|hand(?: over)?(?: to)?|pass(?: on)?(?: to)?)'

/** `3 改期 下周二`: the number before the word. 晚点 says it only where it stands alone. */
export const POSTPONE_SHAPE = new RegExp(
  `^${NUMBERS}\\s*(?:${POSTPONE}|(?:晚点|改天|later)[\\s.。]*$)`,
  'i',
)
/** `1 改成有意向`: an outcome put right, and no other day. */
const NOT_A_DAY = new RegExp(`^${NUMBERS}\\s*改成\\s*(?<rest>.+)$`)
/** `3 转给 王五`. */
export const HAND_SHAPE = new RegExp(`^${NUMBERS}\\s*${HAND}\\s*\\S`, 'i')

export interface PostponeWords {
  tasks: number[]
  dueOn: Day | null
  note: string | null
}

/** Reads "3 下周二 客户出差" and "3 改期 下周二"; without a day it is the next workday. */
export function readPostponed(
  said: string,
  today: Day,
  workdays: Workdays,
  kinds: OutcomeKinds,
): Reading<PostponeWords> {
  const instead = said.match(NOT_A_DAY)
  if (instead?.groups?.['rest'] && hearOutcomes(instead.groups['rest'], kinds)[0]?.start === 0) {
    return { kind: 'no' }
  }
  const found = said.match(
    new RegExp(
      `^${NUMBERS}\\s*(?<word>${POSTPONE}|晚点|改天|later)?\\s*(?:[到至:]|(?:to|until|till)\\b)?(?<rest>.*)$`,
      'i',
    ),
  )
  const { numbers = '', word } = found?.groups ?? {}
  const tasks = numbersOf(numbers)
  if (!found || !tasks) return { kind: 'no' }
  const rest = (found.groups?.['rest'] ?? '').trim()
  const taken = takeDay(rest, today, workdays)
  const note = noteOf(taken?.rest ?? rest)
  if (taken && 'day' in taken)
    return { kind: 'understood', input: { tasks, dueOn: taken.day, note } }
  const input = { tasks, dueOn: null, note }
  // 改期 3 10 may be two tasks, or one and a day.
  const clear = word !== undefined || !/\d[\s~-]+\d/.test(numbers)
  if (!taken && !note && clear) return { kind: 'understood', input }
  const doubt: Doubt = {
    question: {
      zh: taken
        ? `"${taken.said}"不确定，改到哪一天？比如 12月3日。`
        : '改到哪一天？比如 12月3日。',
      en: taken
        ? `I am not sure about "${taken.said}". Until which day? For example 3 Dec.`
        : 'Until which day? For example 3 Dec.',
    },
    slots: ['dueOn'],
    expects: 'day',
  }
  return { kind: 'asks', input, doubts: [doubt] }
}

export interface HandWords {
  tasks: number[]
  to: string
  note: string | null
}

/** Reads "3 王五 他更熟", "王五 3", "3给王五" and "3 转给 王五". */
export function readHanded(said: string): Reading<HandWords> {
  const found =
    said.match(
      new RegExp(
        `^${NUMBERS}\\s*(?:${HAND})?\\s*(?:给|to\\b)?\\s*(?<to>[^\\s,;。、\\d][^\\s,;。]*)(?<rest>.*)$`,
        'i',
      ),
    ) ?? said.match(new RegExp(`^(?<to>[^\\s,;。\\d]\\S*)\\s+${NUMBERS}(?<rest>(?:\\s.*)?)$`, 'i'))
  const { numbers, to, rest = '' } = found?.groups ?? {}
  const tasks = numbersOf(numbers)
  if (!tasks || !to) return { kind: 'no' }
  return { kind: 'understood', input: { tasks, to, note: noteOf(rest) } }
}

export interface AssignWords {
  to: string
  named: string | null
  kind: 'call' | 'visit' | 'other'
  dueOn: Day | null
  note: string | null
}

const DOES =
  /^(?:(?<visit>(?:去|上门)?(?:走访|拜访|看看)|上门看?|去看|visit)|(?<call>联系|电话联系|打电话给|致电|回访|call|phone)|(?<other>跟进|找|给|see))\s*/i

/** Reads "王五 联系李四 明天 问续贷": who, what with whom, when, and what about. */
export function readAssigned(said: string, today: Day, workdays: Workdays): Reading<AssignWords> {
  const [to, told] = firstWord(said)
  if (!to || !told) return { kind: 'no' }
  // A day may stand before the client.
  const [first, later] = firstWord(told)
  const early = isWholeDay(first, today, workdays)
  const what = early ? later : told
  const does = what.match(DOES)
  const [named, more] = firstWord(what.slice(does?.[0].length ?? 0))
  const rest = early ? `${first} ${more}` : more
  const taken = takeDay(rest, today, workdays)
  const input: AssignWords = {
    to,
    named: named || null,
    kind: does?.groups?.['visit'] ? 'visit' : does?.groups?.['call'] ? 'call' : 'other',
    dueOn: taken && 'day' in taken ? taken.day : null,
    note: noteOf(taken?.rest ?? rest),
  }
  const doubts: Doubt[] = []
  if (!named) {
    const question = { zh: '联系哪位客户？', en: 'Which client?' }
    doubts.push({ question, slots: ['named'], expects: 'text' })
  }
  if (taken && 'fault' in taken) {
    const zh = `日期"${taken.said}"不确定，是哪一天？比如 12月3日。`
    const en = `I am not sure about "${taken.said}". Which day? For example 3 Dec.`
    doubts.push({ question: { zh, en }, slots: ['dueOn'], expects: 'day' })
  }
  if (input.kind === 'other' && !input.note) {
    const question = { zh: '要做什么？', en: 'What is to be done?' }
    doubts.push({ question, slots: ['note'], expects: 'text' })
  }
  const [doubt, ...others] = doubts
  return doubt ? { kind: 'asks', input, doubts: [doubt, ...others] } : { kind: 'understood', input }
}

const firstWord = (text: string): [string, string] => {
  const [, word = '', rest = ''] = text.match(/^([^\s,;]*)[\s,;]*(.*)$/s) ?? []
  return [word, rest]
}

const isWholeDay = (word: string, today: Day, workdays: Workdays): boolean => {
  const taken = takeDay(word, today, workdays)
  return taken !== null && 'day' in taken && isDay(taken.day) && taken.rest === ''
}

/** Null for no numbers, and for a span that is none: 3-1. */
function numbersOf(said = ''): number[] | null {
  const [, first, last] = said.match(/^(\d+)\s*[-~]+\s*(\d+)/) ?? []
  const more = Number(last ?? 0) - Number(first ?? 0)
  if (last && (more < 1 || more >= MOST_IN_SPAN)) return null
  const span = last ? Array.from({ length: more + 1 }, (_, i) => Number(first) + i) : []
  const named = said.split(/\D+/).filter(Boolean).map(Number)
  return named.length > 0 ? [...new Set([...span, ...named])] : null
}

/** Words that only say that there will be another time. */
const FILLER = /(^|[\s,;。])(?:再?(?:联系|打|说|办|去|跟进)|吧|了|again|call|on|by)(?=$|[\s,;。])/gi

const noteOf = (said: string): string | null => noteLeft(said.replace(FILLER, '$1'))
