import type { Phrases } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Doubt } from '../../../bot/grammar/reading.ts'
import { afterSpan } from '../../../bot/grammar/scan/kinds/calendar.ts'
import { readCount } from '../../../bot/grammar/scan/kinds/numerals.ts'
import { ofKind } from '../../../bot/grammar/scan/piece.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { asked, fill, opt, rest } from '../../../bot/grammar/slots/fill.ts'
import { minutesNow, whyNotDay } from '../../../bot/grammar/slots/kinds/day.ts'
import { noteOf } from '../../../bot/grammar/slots/kinds/note.ts'
import { atTime, onDay } from '../../../bot/grammar/slots/kinds/when.ts'
import { type Whose, whoseAt } from '../../../bot/grammar/slots/kinds/whose.ts'
import { type Account, NOT_MEANT, type Part, type Slot } from '../../../bot/grammar/slots/slot.ts'
import { type Day, isDay } from '../../../core/calendar/time.ts'
import type { Text } from '../../../core/text.ts'

export interface PostponeWords {
  tasks: readonly number[]
  /** Clients by name, as they are on file; absent: none. */
  named?: readonly string[]
  /** Null: the next workday. */
  dueOn: Day | null
  /** `HH:MM`; absent: none was said. */
  dueTime?: string
  note: string | null
  /** Left off today's list, for the reason noted; absent: put off. */
  skipped?: true
}

const ALONE = '晚点|改天|later'
const COUNT = '\\d{1,3}|[一二两三四五六七八九十半]{1,3}'
const LATER = `推迟|延期|延后|顺延|往后(?:推迟?|挪|延)|推后|推(?=\\s?(?:${COUNT})\\s?个?(?:工作日|[天日周月]|星期|礼拜))|postponed?|put off|pushe?d?(?: back)?`
const WORD = `(?:改期|改到|改成|改约|推到|挪到|${LATER}|moved?|rescheduled?)`
/** 把3改到, 4 5 6 都改到. */
const BEFORE = /^(?:把|将)\s?/
const BETWEEN = /^(?:[\s,:]|都|全部?|也|给我|帮我|的)*/
const SAYS = new RegExp(`^(?:${WORD}|(?:${ALONE})(?=[\\s.。]*$))`, 'i')
const TO = /^[\s,:]*(?:(?:到|至|为)|(?:to|until|till|for|by)\b)?\s*/i
/** 推迟一周: so much later, counted from today. */
const SPAN = new RegExp(
  `^(?<count>${COUNT}|an?\\b|one|two|three)\\s?个?(?<unit>工作日|天|日|周|星期|礼拜|月|working days?|days?|weeks?|months?)(?=$|[\\s,;。!吧])`,
  'i',
)
const UNITS: Readonly<Record<string, string>> = { day: '天', week: '周', month: '月' }
const COUNTS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3 }
/** Words that only say that there will be another time. */
const FILLER = /^(?:再?(?:联系|打|说|办|去|跟进)|吧|了|再|到|至|again|call|on|by|to|[\s,;。.!])*$/i

const dueDay = onDay('dueOn', { unread: true })

/** The day until which it is put off. */
const dueOn: Slot = {
  ...opt(dueDay),
  take(part, before, claimed) {
    const { scanned, start } = part
    const { today, workdays } = scanned.context.at
    const { 0: said = '', groups = {} } = scanned.text.slice(start, part.end).match(SPAN) ?? {}
    if (said === '') return dueDay.take(part, before, claimed)
    const unit = (groups['unit'] ?? '').toLowerCase().replace(/s$/, '')
    const count = COUNTS[groups['count']?.toLowerCase() ?? ''] ?? readCount(groups['count']) ?? 0
    const until = afterSpan(
      count,
      UNITS[unit] ?? unit.replace('working day', '工作日'),
      today,
      workdays,
    )
    const end = start + said.length
    const days = ofKind(part.pieces, 'day')
    const within = days.filter((each) => each.start < end)
    if (!isDay(until) || within.length < days.length) {
      const doubt = { code: 'unclear', said, about: days } as const
      return { value: null, claims: within, doubt, weighed: days }
    }
    return { value: until, claims: within, from: end }
  },
  ask: ({ said, code }) => ({
    expects: 'day',
    question: said
      ? {
          zh: `"${said}"${whyNotDay(code).zh}，改到哪一天？比如 12月3日。`,
          en: `"${said}" ${whyNotDay(code).en}. Until which day? For example 3 Dec.`,
        }
      : {
          zh: '改到哪一天？比如 12月3日。',
          en: 'Until which day? For example 3 Dec.',
        },
  }),
}

const SLOTS = [dueOn, atTime('dueTime'), rest('note')] as const

/** 不做 3 刚打过: what follows the numbers is the reason, whatever it speaks of. */
const SKIP = ['今天不做', '先不做', '不做', '跳过', 'skip']

function skipping(scanned: Scanned, from: number): Account<PostponeWords> {
  const whose = whoseAt(scanned, from)
  if (!whose) return NOT_MEANT
  const { tasks, named, end } = whose
  const pieces = scanned.pieces.filter(({ start }) => start >= end)
  const note = noteOf({ scanned, start: end, end: scanned.text.length, pieces }, new Set())
  const input = {
    ...({ tasks, ...(named.length > 0 && { named }), dueOn: null, note, skipped: true } as const),
  }
  const another = scanned.heads.find(({ start, kind }) => kind === 'list' && start >= end)
  const outcome = ofKind(pieces, 'outcome').find(({ said }) => said === note)
  const question = another
    ? anotherTask(asTypedIn(scanned, another.start, scanned.text.length), WHY)
    : outcome && isOutcome(outcome.said)
  const doubt = question && { question, slots: ['note'], expects: 'text' as const }
  return {
    reading: doubt ? { kind: 'asks', input, doubts: [doubt] } : { kind: 'understood', input },
    accounted: new Set(pieces),
  }
}

/** Whose a line is, and where what is said of it begins. */
interface Said {
  readonly whose: Whose
  readonly from: number
  /** The word stands behind the numbers: these are all of them. */
  readonly worded: boolean
}

const skip = (text: string, from: number, pattern: RegExp): number =>
  from + (text.slice(from).match(pattern)?.[0].length ?? 0)

/** "3 改期 下周二", "把张三改到下周三": whose, and then the word. */
function wordBehind(scanned: Scanned): Said | null {
  const { text } = scanned
  const whose = whoseAt(scanned, skip(text, 0, BEFORE))
  if (!whose) return null
  const place = skip(text, whose.end, BETWEEN)
  const word = text.slice(place).match(SAYS)?.[0]
  return word ? { whose, from: skip(text, place + word.length, TO), worded: true } : null
}

/** "改期 3 下周二", "改期 张三 下周二": the word, and then whose; a stranger's name only before a day. */
function wordBefore(scanned: Scanned, from: number): Said | null {
  const { text } = scanned
  const whose = whoseAt(scanned, from) ?? strangerAt(scanned, from) ?? whenAlone(scanned, from)
  if (!whose) return null
  const place = skip(text, whose.end, BETWEEN)
  const word = text.slice(place).match(new RegExp(`^${WORD}`, 'i'))?.[0] ?? ''
  return { whose, from: skip(text, place + word.length, TO), worded: word !== '' }
}

function strangerAt(scanned: Scanned, from: number): Whose | null {
  const word = scanned.text.slice(from).match(/^\p{L}[^\s,;:。]{0,30}/u)?.[0]
  const end = from + (word?.length ?? 0)
  const day = ofKind(scanned.pieces, 'day').find(({ start }) => start >= from)
  if (!word || !day || day.start < end) return null
  // 改期 下午3点 明天: nobody is called so.
  if (scanned.pieces.some(({ start }) => start === from)) return null
  if (!/^(?:\s(?:to|until|till|on|到|至)?\s?)$/.test(scanned.text.slice(end, day.start)))
    return null
  return { tasks: [], named: [asTypedIn(scanned, from, end)], end, loose: false }
}

/** Which is to be put off is not said: it stands for the number that is asked for. */
const UNSAID = 0

/** 往后推两天: until when, and nothing else. */
function whenAlone({ text, pieces }: Scanned, from: number): Whose | null {
  const when =
    text.slice(from).match(SPAN)?.[0].length ??
    ofKind(pieces, 'day').find(
      ({ start }) => start >= from && TO_ALONE.test(text.slice(from, start)),
    )
  const end = typeof when === 'number' ? from + when : when?.end
  if (end === undefined || !FILLER.test(text.slice(end))) return null
  return { tasks: [UNSAID], named: [], end: from, loose: false }
}
const TO_ALONE = new RegExp(`${TO.source}$`, 'i')

/** Reads "3 下周二 客户出差" and "3 改期 下周二"; without a day it is the next workday. */
function read(scanned: Scanned, from: number): Account<PostponeWords> {
  if (SKIP.includes(scanned.text.slice(0, from).trim().toLowerCase())) {
    return skipping(scanned, from)
  }
  const said = from > 0 ? wordBefore(scanned, from) : wordBehind(scanned)
  if (!said) return NOT_MEANT
  const { whose, worded } = said
  const pieces = scanned.pieces.filter(({ start }) => start >= said.from)
  const part: Part = { scanned, start: said.from, end: scanned.text.length, pieces }
  // 1 改成有意向: an outcome put right, and no other day.
  if (from === 0 && ofKind(pieces, 'outcome').length > 0) return NOT_MEANT
  const { values, doubts, accounted } = fill(part, SLOTS)
  const { note: told, ...when } = values as Pick<PostponeWords, 'dueOn' | 'dueTime' | 'note'>
  const note = told && FILLER.test(told) ? null : told
  const input = {
    tasks: whose.tasks,
    ...(whose.named.length > 0 && { named: whose.named }),
    ...{ ...when, dueOn: when.dueOn ?? dayOfHour(when.dueTime, part), note },
  }
  const another = scanned.heads.find(({ start, kind }) => kind === 'list' && start >= said.from)
  const questions: Doubt[] = doubts.map((each) => asked(each, null, part, [each.slot.field]))
  const daySaid = input.dueOn !== null || doubts.some(({ slot }) => slot === dueOn)
  // 1 改成: to what?
  const unfinished = /[到成]\s*$/.test(scanned.text.slice(0, said.from))
  const plain =
    !unfinished && !note && !when.dueTime && (worded || !whose.loose) && part.pieces.length === 0
  if (another) questions.unshift(onlyOne(asTypedIn(scanned, another.start, part.end)))
  else if (!daySaid && !plain) {
    questions.unshift({
      ...dueOn.ask({ code: 'missing', said: '', about: [] }, null, part),
      slots: ['dueOn'],
    })
  }
  if (whose.tasks[0] === UNSAID) questions.unshift(WHICH)
  const [first, ...more] = questions
  return {
    reading: first
      ? { kind: 'asks', input, doubts: [first, ...more] }
      : { kind: 'understood', input },
    accounted,
  }
}

/** An hour alone is of today, as long as it has not gone by. */
function dayOfHour(time: string | undefined, part: Part): Day | null {
  if (!time) return null
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes > minutesNow(part) ? part.scanned.context.at.today : null
}

const UNTIL: Text = {
  zh: '改到哪一天？比如 12月3日。',
  en: 'Until which day is the first? For example 3 Dec.',
}
const WHICH_OF_LIST: Text = {
  zh: '哪一件？写编号或客户，比如 3。',
  en: 'Which one? Its number, or the client.',
}
const WHICH: Doubt = {
  question: {
    zh: '哪一件改期？写编号，比如 3；没有编号就写"改期 姓名"和哪一天。',
    en: 'Which one is put off? Give its number, for example 3, or say "postpone", the name and the day.',
  },
  slots: ['tasks.0'],
  expects: 'count',
}
const WHY: Text = { zh: '为什么不做？', en: 'Why is the first left out?' }

/** What follows is of another task: it is not noted for this one. */
const anotherTask = (said: string, of: Text): Text => ({
  zh: `"${said}"是另一件，请另发一条；前面的${of.zh}`,
  en: `"${said}" is another task; send it by itself. ${of.en}`,
})
const onlyOne = (said: string): Doubt => ({
  question: anotherTask(said, UNTIL),
  slots: ['dueOn'],
  expects: 'day',
})
/** 不做 3、4 没接: it may have been meant to be logged. */
const isOutcome = (said: string): Text => ({
  zh: `"${said}"是结果，要登记就发"编号 ${said}"；只是今天不做，为什么？`,
  en: `"${said}" is an outcome: to log it say "number ${said}". If it is only left out today, why?`,
})

export const POSTPONE_PHRASES: Phrases<unknown> = {
  words: [
    ...['改期', '推迟', '延期', '延后', '顺延', '往后推', '往后挪', '往后延', '推后', '晚点'],
    ...['postpone', 'put off', 'move'],
    ...['reschedule', 'push', 'later', ...SKIP],
  ],
  lacks: asking(WHICH_OF_LIST, 'client'),
  free: ['note'],
  about: ['tasks', 'named'],
  slots: SLOTS,
  anywhere: new RegExp(`^.{1,60}?(?:${WORD}|${ALONE})`, 'i'),
  scans: read,
}
