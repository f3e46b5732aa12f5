import type { Phrases } from '../../../bot/command.ts'
import { readNumber } from '../../../bot/grammar/number.ts'
import { ofKind, type Piece } from '../../../bot/grammar/scan/piece.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { accountOf, phrase } from '../../../bot/grammar/slots/phrase.ts'
import { inDoubt, NOT_MEANT, nothing, type Slot } from '../../../bot/grammar/slots/slot.ts'

const HOURS = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/
const HALF = '凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚'
const CLOCK = '(\\d{1,2})(?::(\\d{2}))?'
const SPAN = new RegExp(`^(${HALF})?${CLOCK}[-–~至到]+(?:第二天|次日)?(${HALF})?${CLOCK}$`)

/** From an hour to the end of its day, or up to one: 晚上8点后, 上午10点以前. */
const ONE_SIDED = new RegExp(`^(${HALF})?${CLOCK}(?:以|之)?(前|后)$`)
const ENGLISH = '(\\d{1,2})(?::(\\d{2}))?\\s?(am|pm)?'
const SPAN_EN = new RegExp(
  `^(?:from |between )?${ENGLISH}\\s?(?:-+|to|and|until|till)\\s?${ENGLISH}$`,
  'i',
)
const ONE_SIDED_EN = new RegExp(`^(before|after|until|till|from) ${ENGLISH}$`, 'i')
/** Longer than hours are said. */
const MOST_SAID = 40

/**
 * `12:00-14:00` of "12点到2点", "中午十二点半-14:00", "晚上8点到早上9点", "12-14", "between 1 and 3pm"; of "晚上8点后",
 * "before 9am" what is left of that day. Null for what names no hours, or for one that may be of either half.
 */
export function hoursSaid(said: string): string | null {
  if (said.length > MOST_SAID) return null
  return inChinese(said) ?? inEnglish(said.trim())
}

const digits = (hour: number): string => String(hour).padStart(2, '0')
const hoursOf = (from: string, until: string): string | null =>
  HOURS.test(`${from}-${until}`) && from !== until ? `${from}-${until}` : null

function inEnglish(said: string): string | null {
  const [, h1 = '', m1 = '00', half1, h2 = '', m2 = '00', half2] = said.match(SPAN_EN) ?? []
  if (h1 && (half1 || half2)) {
    const until = on12(Number(h2), half2)
    // 11-1pm begins in the morning, 1-3pm does not.
    const own = half1 ?? (Number(h1) % 12 > Number(h2) % 12 && half2 === 'pm' ? 'am' : half2)
    return hoursOf(`${digits(on12(Number(h1), own))}:${m1}`, `${digits(until)}:${m2}`)
  }
  const [, side = '', hour = '', minutes = '00', half] = said.match(ONE_SIDED_EN) ?? []
  if (!half && Number(hour) <= 12) return null
  const clock = `${digits(on12(Number(hour), half))}:${minutes}`
  return /after|from/i.test(side) ? hoursOf(clock, END) : hoursOf(BEGIN, clock)
}

/** The hour of a clock of 24; there is no 13pm. */
function on12(hour: number, half: string | undefined): number {
  if (!half) return hour
  return hour > 12 ? Number.NaN : (hour % 12) + (/pm/i.test(half) ? 12 : 0)
}
const [BEGIN, END] = ['00:00', '23:59']

function inChinese(said: string): string | null {
  const clock = said
    .replace(/\s+/g, '')
    .replace(
      /[一二三四五六七八九十两]{1,3}(?=[点时])/g,
      (number) => `${readNumber(number) ?? number}`,
    )
    .replace(/[点时]半/g, ':30')
    .replace(/[点时](\d{2})分?/g, ':$1')
    .replace(/[点时]整?/g, ':00')
  const [, half, hour = '', minutes = '00', side] = clock.match(ONE_SIDED) ?? []
  // 8点后 may be of the morning or the evening.
  if (hour && (half || Number(hour) > 12)) {
    const at = `${digits(on24(half, Number(hour)))}:${minutes}`
    return side === '后' ? hoursOf(at, END) : hoursOf(BEGIN, at)
  }
  const [, half1, h1 = '', m1 = '00', half2, h2 = '', m2 = '00'] = clock.match(SPAN) ?? []
  const from = on24(half1, Number(h1))
  const until = on24(half2, Number(h2))
  // 12点到2点 ends in the afternoon, 晚上8点到9点 in the evening.
  const after = until < 12 && !half2 && until <= from && until + 12 > from
  const hours = `${digits(from)}:${m1}-${digits(after ? until + 12 : until)}:${m2}`
  return h1 && HOURS.test(hours) ? hours : null
}

/** The hour of a clock of 24. */
const on24 = (half: string | undefined, hour: number): number =>
  half && /下午|傍晚|晚/.test(half) && hour < 12 ? hour + 12 : hour

const LIFTS = /^(?:取消|去掉|无|不用了?|off|none)[\s.。!]*$/i
/** What may stand before the hours, and behind them. */
const BEFORE_THEM =
  /^(?:[\s,:]|每天|平时|是|在|说|讲|表示|要求|叫|让|我们?|不要|别|勿|(?:says?|said|asks?|asked|tells?|told|wants?|that|us|me|to|please|pls|him|her|them)\b|(?:do not|don'?t|dont|not to|never|no)\s(?:calls?|calling|ring|phone|disturb|contact)\b)*/i
const BEHIND_THEM =
  /(?:[\s,.。!]|之间|期间|的?时候|时段|不要|不许|别|勿|不|再|给[他她]|打电话|打扰?|联系|接(?:电话)?|了|他|她|\b(?:please|pls|no calls?|do not call|don'?t call|dont call)\b)+$/i

/** When not to be called; null where it is lifted. */
const hours: Slot = {
  field: 'hours',
  kinds: ['time', 'day', 'number', 'amount'],
  required: true,
  take(part) {
    const said = part.scanned.text.slice(part.start, part.end)
    const pieces = part.pieces
    if (LIFTS.test(said)) return { value: OFF, claims: pieces }
    const found = hoursSaid(alone(said))
    const claim: Piece = { kind: 'opaque', value: null, said, start: part.start, end: part.end }
    if (found) return { value: found, claims: [claim, ...pieces] }
    return said.trim() === '' ? nothing : inDoubt('unclear', [claim, ...pieces], said.trim())
  },
  ask: ({ said }) => ({
    expects: 'text',
    question: {
      zh: `${said ? `"${said}"不能确定。` : ''}什么时段不打？写成 12:00-14:00；一直不联系请说"勿扰"和客户姓名。`,
      en: `${said ? `"${said}" is not clear. ` : ''}When are they not to be called? Write it like 12:00-14:00; for never say "do not contact" and the name.`,
    },
  }),
}
/** Longer than hours are said with what may stand around them. */
const MOST_WORDS = 80
const alone = (said: string): string =>
  said.length > MOST_WORDS ? said : said.replace(BEFORE_THEM, '').replace(BEHIND_THEM, '').trim()
/** An hour of the morning or the evening, which is asked. */
const OF_EITHER_HALF =
  /^(?:[\d一二两三四五六七八九十]{1,3}[点时]半?(?:以|之)?[前后]|(?:before|after) \d{1,2}(?::\d\d)?)$/i
/** Stands for none until the line is read. */
const OFF = 'off'

const SLOTS = [client('named', { alone: true }), hours] as const
const WORDED = phrase({ words: ['免打扰', '勿打', 'quiet'] }, ...SLOTS)
/** 李四中午12点到2点不要打, Tom says don't call after 8pm: said of a client by name, with hours and nothing else. */
const SAID_OF =
  /^(?=.{2,80}$)(?=.*(?:[点时]|:\d\d|\d\s?[ap]m\b))(?=.*(?:不要|别|勿).*(?:打|联系)|.*\b(?:do not|don'?t|dont|not to|never|no) (?:calls?|calling|ring|phone|disturb|contact)\b)/i

/** "张三 12:00-14:00", "张三 取消", "李四晚上8点后别打". */
export const QUIET_PHRASES: Phrases<unknown> = {
  ...WORDED,
  anywhere: SAID_OF,
  scans(scanned, from) {
    const named = ofKind(scanned.pieces, 'name').find(({ start }) => start === 0)
    if (from === 0 && !named) return NOT_MEANT
    const { reading, accounted } = accountOf(scanned, from, SLOTS)
    if (reading.kind === 'no') return NOT_MEANT
    const asksHalf = OF_EITHER_HALF.test(alone(scanned.text.slice(named?.end)))
    if (from === 0 && reading.kind !== 'understood' && !asksHalf) return NOT_MEANT
    const input = { ...reading.input, ...(reading.input['hours'] === OFF && { hours: null }) }
    return { reading: { ...reading, input }, accounted }
  },
}
