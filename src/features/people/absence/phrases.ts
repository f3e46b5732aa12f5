import type { Phrases } from '../../../bot/command.ts'
import { lacking } from '../../../bot/grammar/commands/lacking.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { ofKind, type Piece, TAKEN } from '../../../bot/grammar/scan/piece.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { rest } from '../../../bot/grammar/slots/fill.ts'
import { days } from '../../../bot/grammar/slots/kinds/days.ts'
import { accountOf } from '../../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  NOT_MEANT,
  nothing,
  type Part,
  type Slot,
  type Taken,
} from '../../../bot/grammar/slots/slot.ts'

const STANDS = '(?:代班|代理|顶班|替班|顶岗)'
/** 由王五代班, 王五帮我顶: the name stands before. */
const BEFORE = new RegExp(
  `(?<name>[^\\s,;。、\\ue000]{1,12}?)\\s?(?:${STANDS}|(?:帮我|替我)(?:顶|代|替)班?(?:一?下)?)(?=$|[\\s,;。!])`,
)
const LED = /^(?:由|请|让|找)/
/** 代班 王五, stand-in Mary Lee: it stands behind. */
const BEHIND = new RegExp(
  `(?:${STANDS}人?|替(?=\\s)|\\bstand[ -]?in\\b|\\bcover(?:ed)?(?: by)?\\b)\\s?(?:[:是由]|is\\b)?\\s?(?<name>[a-z][a-z.'-]*(?: [a-z][a-z.'-]*){0,2}(?![\\w])|[^\\s,;.。!?、\\ue000]{1,20})`,
  'i',
)

/** Who works the list meanwhile. */
const standIn: Slot = {
  field: 'standIn',
  kinds: [],
  required: true,
  take(part): Taken {
    const { scanned, start, end } = part
    const text = scanned.text.slice(start, end)
    const found = BEHIND.exec(text) ?? BEFORE.exec(withoutDays(part))
    const name = found?.groups?.['name']?.replace(LED, '') ?? ''
    if (!found || name === '') return nothing
    const place = start + found.index + found[0].indexOf(name)
    const whole = { start: start + found.index, end: start + found.index + found[0].length }
    const claim: Piece = { kind: 'opaque', value: null, said: name, ...whole }
    const weighed = part.pieces.filter((each) => each.start < whole.end && each.end > whole.start)
    return { value: asTypedIn(scanned, place, place + name.length), claims: [claim], weighed }
  },
  ask: () => ({
    expects: 'colleague',
    question: {
      zh: '这几天谁代班？请说姓名或工号。',
      en: 'Who stands in for you? A name or staff code.',
    },
  }),
}

/** The text of a part with its days blotted out, so that none is a part of a name. */
function withoutDays({ scanned, start, end, pieces }: Part): string {
  let text = scanned.text.slice(start, end)
  for (const day of ofKind(pieces, 'day')) {
    const [from, to] = [Math.max(0, day.start - start), day.end - start]
    text = `${text.slice(0, from)}${TAKEN.repeat(to - from)}${text.slice(to)}`
  }
  return text
}

const [from, until] = days('from', 'until', {
  from: { zh: '从哪天开始请假？比如 12月1日。', en: 'From which day? For example 1 Dec.' },
  until: { zh: '到哪天（含）？比如 12月5日。', en: 'Until which day, that one included?' },
})

/** A staff code or a name before the days: whose leave a lead enters. */
const SOMEBODY =
  /^(?!(?:代|顶|替)|[\d一二两三四五六七八九十半]{1,3}个?(?:天|周))(?:[A-Za-z]\d{1,6}|[\u4e00-\u9fff]{2,3}|(?!(?:From|On|Until|Till|To|For|Stand|Cover)\b)[A-Z][a-z'-]+(?: [A-Z][a-z'-]+)?)(?=\s)/

/** Who is away, where that is not who says so. */
const person: Slot = {
  field: 'person',
  kinds: [],
  leaves: true,
  take(part): Taken {
    const said = scannedFrom(part).match(SOMEBODY)?.[0]
    const first = part.pieces.find(({ start }) => start >= part.start)
    const isDay = first?.kind === 'day' && first.start === part.start
    if (!said || isDay || BEHIND.test(`${said} `)) return nothing
    // Lee Dec 1: the month is no part of the name.
    const day = part.pieces.find(({ kind, start }) => kind === 'day' && start > part.start)
    const end = Math.min(part.start + said.length, (day?.start ?? part.end) - 1)
    const claim: Piece = { kind: 'opaque', value: null, said, start: part.start, end }
    return { value: asTypedIn(part.scanned, part.start, end), claims: [claim] }
  },
  ask: () => ({
    expects: 'colleague',
    question: { zh: '谁请假？请说姓名或工号。', en: 'Who is away? A name or staff code.' },
  }),
}

const scannedFrom = ({ scanned, start, end }: Part): string => scanned.text.slice(start, end)

/** What was said of leave itself. */
const SAYS_ONLY_THAT =
  /^(?:我?(?:要|想)?(?:请(?:年|病|事)?假|休年?假|出差)|[,，、;。\s]|我|从|自|起|开始)+(?=$|[,，、;。\s])/

/** Why, which is heard and kept nowhere: that is nobody's business but the lead's. */
const why: Slot = {
  ...rest('why'),
  leaves: true,
  take({ scanned, start, end }, _before, claimed) {
    const said: string[] = []
    let place = start
    for (const each of [...claimed].toSorted((a, b) => a.start - b.start)) {
      said.push(asTypedIn(scanned, place, each.start))
      place = Math.max(place, each.end)
    }
    said.push(asTypedIn(scanned, place, end))
    const left = said
      .map((each) => each.replace(SAYS_ONLY_THAT, '').replace(AT_ENDS, ''))
      .filter((each) => each !== '')
    return { value: left.join(' ') || null, claims: [] }
  },
}
const AT_ENDS = /^[\s,，、;；。!！~～]+|[\s,，、;；。!！~～]+$/g

const SLOTS: readonly Slot[] = [standIn, person, from, until, why]
const WORDS = [
  ...['请假', '休假', '请年假', '休年假', '请病假', '请事假', '出差', 'away', 'leave', 'absent'],
  ...['i am off', "i'm off", 'i am away', "i'm away", 'i am on leave', "i'm on leave"],
]
/** The word may stand behind the days, and behind nothing else: 下周一请假，王五帮我顶. */
const BEHIND_DAYS = /^[^\n]{1,30}?(?:请(?:年|病|事)?假|休(?:年)?假|出差)/
const BESIDE = /^(?:我|要|想|从|到|至|[\s,-])*$/

/** "12/1-12/5 代班 王五", "明天到周五 王五代班", "下周一请假，王五帮我顶": the days, and who stands in. */
export const ABSENCE_PHRASES: Phrases<unknown> = {
  words: WORDS,
  lacks: (at) => lacking(SLOTS, at),
  free: ['why'],
  slots: SLOTS,
  anywhere: BEHIND_DAYS,
  scans(scanned, at): Account<unknown> {
    if (at > 0) return at < scanned.text.length ? accountOf(scanned, at, SLOTS) : NOT_MEANT
    const word = scanned.text.match(BEHIND_DAYS)?.[0] ?? ''
    return word && beginsWithDays(scanned, word.length) ? accountOf(scanned, 0, SLOTS) : NOT_MEANT
  },
}

/** Whether there is a day before the word, and nothing else. */
function beginsWithDays({ open, pieces }: Scanned, end: number): boolean {
  const before = pieces.filter((each) => each.start < end)
  const left = open
    .slice(0, end)
    .replaceAll(TAKEN, '')
    .replace(/(?:请(?:年|病|事)?假|休(?:年)?假|出差)$/, '')
  return before.length > 0 && before.every(({ kind }) => kind === 'day') && BESIDE.test(left)
}

/** Who is back: nobody named, a staff code or a Chinese name. "back pain" is none of it. */
export const readBack = (rest: string): Reading<{ person?: string }> =>
  /^(?:[a-z]{1,3}\d{1,6}|[\u4e00-\u9fff·]{2,6})?$/i.test(rest)
    ? { kind: 'understood', input: rest ? { person: rest } : {} }
    : { kind: 'no' }
