import { timeIn, weekday } from '../../../../core/calendar/time.ts'
import { findKind } from '../../../../core/outcome.ts'
import type { Text } from '../../../../core/text.ts'
import type { Moment } from '../../../moment.ts'
import { mannerOf, SOON } from '../../scan/kinds/outcomes.ts'
import { hourText } from '../../scan/kinds/times.ts'
import { ofKind, type Piece, type SaidTime, TAKEN } from '../../scan/piece.ts'
import { AGAIN, WHEN } from '../../scan/words/days.ts'
import {
  inDoubt,
  nothing,
  oneOf,
  type Part,
  type Slot,
  type SlotDoubt,
  type Subject,
  type Taken,
} from '../slot.ts'

const CLAUSE = /[,;。!?\n]/
/** It has been: 今天去店里看了, 今天打过. */
const HAS_BEEN = /^[^,;。!?\n]*[了过](?=[,;。!?\s]|$)/
/** The same where it is said behind the outcome: 昨天刚说过, 今天打了三次, 昨天交的资料. */
const HAS_BEEN_SINCE =
  /^[^,;。!?\n]*(?:[了过](?=[,;。!?\s]|$|[\d一二三四五两几]+[次遍回])|到账)|^[^,;。!?\n]{0,6}(?:刚|已)|^[打加交聊见说办来去签放][^,;。!?\n]{0,3}的/
const HAS_DIGIT = /\d/

/** 1、2没打通,其余明天打: what is said of all that is not named. */
const OTHERS =
  /(?:其余|其他|其它|剩下|余下|别)的?(?:都|就|也)?\s*$|\b(?:the )?(?:others?|rest)\s+$/i
/** No longer than that: of a line full of days each would look through all that stands before it. */
const OTHERS_LENGTH = 24

/** A day that is said of the others is not that of those who are named, and asked about. */
const ofTheOthers =
  (text: string, from: number) =>
  (day: Piece<'day'>): Piece<'day'> =>
    OTHERS.test(text.slice(Math.max(from, day.start - OTHERS_LENGTH), day.start))
      ? { ...day, value: null, doubt: 'unclear' }
      : day

/** Days that are appointments: those before what was done today only say when that was. */
function appointments({ scanned, pieces, start, end }: Part): {
  days: Piece<'day'>[]
  told: Piece<'day'>[]
} {
  const { text, context } = scanned
  const { today } = context.at
  const [outcome] = ofKind(pieces, 'outcome')
  const past = ({ doubt, said }: Piece<'day'>) => doubt === 'past' && !HAS_DIGIT.test(said)
  const manner = outcome?.value ? mannerOf(context.at.kinds, outcome.value.code) : null
  const days = ofKind(pieces, 'day')
    .filter(({ tells }) => !tells)
    .map(ofTheOthers(text, start))
  const tells = (piece: Piece<'day'>): boolean => {
    if (outcome?.value?.how !== 'sure' || !(past(piece) || piece.value === today)) return false
    const done = manner === 'act' || manner === null
    if (piece.start > outcome.start) {
      const behind = text.slice(piece.end, end)
      // 10 signed today
      const beside = manner === 'act' && text.slice(outcome.end, piece.start).trim() === ''
      return HAS_BEEN_SINCE.test(behind) || (beside && !AGAIN.test(behind))
    }
    if (past(piece)) return true
    const between = text.slice(piece.end, outcome.start)
    return (done && !CLAUSE.test(between)) || HAS_BEEN.test(text.slice(piece.end, end))
  }
  const { told = [], left = [] } = Object.groupBy(days, (day) => (tells(day) ? 'told' : 'left'))
  return { days: left, told }
}

const BARE_WEEKDAY = /^(?:周|星期|礼拜|mon|tue|wed|thu|fri|sat|sun)/i
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六']

const weekdayOf = ({ said, value }: Piece<'day'>): number =>
  value !== null ? weekday(value) % 7 : WEEKDAYS.indexOf(said.at(-1)?.replace('天', '日') ?? '')

/** 明天周二, 12月3日周四: a date with the name of its own day is one day. */
export function dateWithWeekday(days: readonly Piece<'day'>[]): Taken | null {
  const dated = days.filter(({ said }) => !BARE_WEEKDAY.test(said))
  const [date] = dated
  if (!date || dated.length === days.length || dated.some(({ value }) => value === null))
    return null
  const named = days.filter(({ said }) => BARE_WEEKDAY.test(said))
  const written = /[\d月号]/.test(date.said)
  const agree = named.every(
    (each) => weekdayOf(each) === weekdayOf(date) && (written || each.value === date.value),
  )
  const one = oneOf<'day'>(dated)
  return agree && !one.doubt ? { ...one, claims: days } : inDoubt('several', days)
}

/** The one day that some pieces name. */
export const dayOf = (days: readonly Piece<'day'>[]): Taken =>
  dateWithWeekday(days) ?? oneOf<'day'>(days)

/** Worked out once for all lines that are read at a moment: time zones are slow. */
const MINUTES = new WeakMap<Moment, number>()

export function minutesNow({ scanned }: Part): number {
  const { at } = scanned.context
  const known = MINUTES.get(at)
  if (known !== undefined) return known
  const [hours = 0, minutes = 0] = timeIn(at.now, at.timezone).split(':').map(Number)
  const now = hours * 60 + minutes
  MINUTES.set(at, now)
  return now
}

/** Blanks, stops, and what another piece took. */
const SAYS_NOTHING = new RegExp(`[\\s,;.。!${TAKEN}]`)

/**
 * 没接 下午3点: of somebody whom nobody reached an hour alone is when to try again. Tells of a time whether it is all that
 * follows the outcome; what follows is looked through once, and not for each of many.
 */
function isAllThatFollows(
  { scanned: { open, context }, end: last }: Part,
  outcome: Piece<'outcome'> | undefined,
): (time: Piece<'time'>) => boolean {
  const code = outcome?.value?.how === 'sure' ? outcome.value.code : ''
  if (!outcome || findKind(context.at.kinds, code)?.stage !== 'none') return () => false
  let from = outcome.end
  while (from < last && SAYS_NOTHING.test(open.charAt(from))) from++
  let until = last
  while (until > from && SAYS_NOTHING.test(open.charAt(until - 1))) until--
  // 没接 09:15 is when it was, as chats write it.
  return ({ start, end, said }) =>
    !/^\d\d:\d\d$/.test(said) && (from === until || (start <= from && until <= end))
}

/** Said with the outcome itself: asked me to call at 2pm. */
const CALLS = /\b(?:call|ring)$/i
const EVERY_AGAIN = new RegExp(AGAIN, `${AGAIN.flags}g`)

/** Times that are of the next contact: after the outcome, and with a word that says so. */
export function nextTimes(part: Part): Piece<'time'>[] {
  const { scanned, pieces, end } = part
  const [outcome] = ofKind(pieces, 'outcome')
  const times = ofKind(pieces, 'time').filter(({ tells }) => !tells)
  const dated = pieces.some(({ kind, value }) => kind === 'day' && value !== null)
  if (dated || times.length === 0) return times
  const from = outcome?.end ?? 0
  const calls = CALLS.test(outcome?.said ?? '')
  const isAll = isAllThatFollows(part, outcome)
  const again = [...scanned.text.slice(0, end).matchAll(EVERY_AGAIN)].at(-1)?.index ?? -1
  return times.filter(
    (time) => time.start > from && (calls || isAll(time) || again >= (outcome ? from : time.end)),
  )
}

const LATER = /晚一?[点些]|会儿?|稍后|later/i

/** The day of the next contact. An hour alone is of today; what has gone by is asked about. */
export function takeDay(part: Part): Taken {
  const { days, told } = appointments(part)
  if (days.length > 0) {
    return { ...dayOf(days), weighed: told }
  }
  const times = nextTimes(part)
  const [time] = times
  const [outcome] = ofKind(part.pieces, 'outcome')
  if (time && !(outcome?.value?.code === SOON && LATER.test(time.said))) {
    const gone = time.value && 'minutes' in time.value && time.value.minutes <= minutesNow(part)
    if (gone || time.doubt) {
      return { ...inDoubt(gone ? 'past' : 'unclear', [time]), claims: [], weighed: told }
    }
    return { value: part.scanned.context.at.today, claims: [], weighed: [...told, ...times] }
  }
  const said = unreadDay(part)
  return said ? { ...inDoubt('unclear', [], said), weighed: told } : { ...nothing, weighed: told }
}

/** 过完年再打: when is said, in words that are none of ours. */
function unreadDay({ scanned, start, end, pieces }: Part): string | null {
  const from = ofKind(pieces, 'outcome')[0]?.end ?? start
  return scanned.open.slice(from, end).replaceAll(TAKEN, '|').match(WHEN)?.[0] ?? null
}

const WHY: Readonly<Record<string, Text>> = {
  past: { zh: '已经过去了', en: 'has gone by' },
  'not-on-calendar': { zh: '不在日历上', en: 'is not on the calendar' },
}
const NOT_SURE = { zh: '不确定是哪一天', en: 'could be more than one day' }
/** Why a day is asked for, behind the words for it. */
export const whyNotDay = (code: SlotDoubt['code']): Text => WHY[code] ?? NOT_SURE

const zhOf = (subject: Subject) => (subject ? `${subject.zh}的` : '')
const enOf = (subject: Subject) => (subject ? ` of ${subject.en}` : '')

/** When to call or come again. */
export const nextDay = (field = 'nextDate'): Slot => ({
  field,
  kinds: ['day'],
  required: true,
  take: takeDay,
  ask({ code, said }, subject) {
    const why = whyNotDay(code)
    return {
      expects: 'day',
      question: {
        zh: `${zhOf(subject)}日期"${said}"${why.zh}，哪天再联系？比如 12月3日。其他内容已记下，只回日期即可。`,
        en: `"${said}"${enOf(subject)} ${why.en}. Which day? For example 3 Dec. The rest is kept; just send the day.`,
      },
    }
  },
})

/** `HH:MM` of a time that was said, from now on for a wait; null: it is of another day. */
export function hourOf(time: SaidTime, now: number): string | null {
  const minutes = 'minutes' in time ? time.minutes : now + time.inMinutes
  return minutes < 24 * 60 ? hourText(minutes) : null
}

/** The hour of the next contact. */
export const nextTime = (field = 'nextTime'): Slot => ({
  field,
  kinds: ['time'],
  leaves: true,
  take(part) {
    const times = nextTimes(part)
    if (times.length === 0) return nothing
    const doubtful = times.filter(({ doubt }) => doubt)
    // Without a day the day is asked for, with its hour.
    if (doubtful.length > 0 && ofKind(part.pieces, 'day').some(({ value }) => value !== null)) {
      return { ...inDoubt('unclear', doubtful), claims: [] }
    }
    const now = minutesNow(part)
    const sure = times.filter(({ value }) => value !== null)
    const hours = new Set(sure.map(({ value }) => value && hourOf(value, now)))
    const [hour = null] = hours
    if (hours.size !== 1 || hour === null) return { ...nothing, weighed: times }
    return { value: hour, claims: sure, weighed: times }
  },
  ask: ({ said }, subject) => ({
    expects: 'hour',
    question: {
      zh: `${zhOf(subject)}时间"${said}"不确定，是几点？比如 15:00。其他内容已记下，只回时间即可。`,
      en: `"${said}"${enOf(subject)} could be more than one hour. Which? For example 15:00. The rest is kept; just send the hour.`,
    },
  }),
})
