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

/** `12:00-14:00` of "12点到2点", "中午十二点半-14:00", "晚上8点到早上9点", "12-14"; null for what names no hours. */
export function hoursSaid(said: string): string | null {
  const clock = said
    .replace(/\s+/g, '')
    .replace(
      /[一二三四五六七八九十两]{1,3}(?=[点时])/g,
      (number) => `${readNumber(number) ?? number}`,
    )
    .replace(/[点时]半/g, ':30')
    .replace(/[点时](\d{2})分?/g, ':$1')
    .replace(/[点时]整?/g, ':00')
  const [, half1, h1 = '', m1 = '00', half2, h2 = '', m2 = '00'] = clock.match(SPAN) ?? []
  const from = on24(half1, Number(h1))
  const until = on24(half2, Number(h2))
  // 12点到2点 ends in the afternoon, 晚上8点到9点 in the evening.
  const after = until < 12 && !half2 && until <= from && until + 12 > from
  const digits = (hour: number) => String(hour).padStart(2, '0')
  const hours = `${digits(from)}:${m1}-${digits(after ? until + 12 : until)}:${m2}`
  return h1 && HOURS.test(hours) ? hours : null
}

/** The hour of a clock of 24. */
const on24 = (half: string | undefined, hour: number): number =>
  half && /下午|傍晚|晚/.test(half) && hour < 12 ? hour + 12 : hour

const LIFTS = /^(?:取消|去掉|无|不用了?|off|none)[\s.。!]*$/i
/** What may stand around the hours. */
const BESIDE =
  /^[\s,:]*(?:每天|平时|是|在)?|(?:之间|期间|的时候|时段)?(?:不要|别|不)?(?:打(?:电话|扰)?|联系|接(?:电话)?)?(?:了|他|她)?[\s,.。!]*$/g

/** When not to be called; null where it is lifted. */
const hours: Slot = {
  field: 'hours',
  kinds: ['time', 'day', 'number', 'amount'],
  required: true,
  take(part) {
    const said = part.scanned.text.slice(part.start, part.end)
    const pieces = part.pieces
    if (LIFTS.test(said)) return { value: OFF, claims: pieces }
    const found = hoursSaid(said.replace(BESIDE, ''))
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
/** Stands for none until the line is read. */
const OFF = 'off'

const SLOTS = [client('named', { alone: true }), hours] as const
const WORDED = phrase({ words: ['免打扰', '勿打', 'quiet'] }, ...SLOTS)
/** 李四中午12点到2点不要打: said of a client by name, with hours and nothing else. */
const SAID_OF =
  /^[^\n]{2,40}?(?:点|时|:\d\d)半?(?:之间|期间|的时候)?(?:不要|别|勿)(?:打(?:电话|扰)?|联系)(?:[他她]|了)?[\s.。!]*$/

/** "张三 12:00-14:00", "张三 取消", "李四中午12点到2点不要打". */
export const QUIET_PHRASES: Phrases<unknown> = {
  ...WORDED,
  anywhere: SAID_OF,
  scans(scanned, from) {
    const named = ofKind(scanned.pieces, 'name').some(({ start }) => start === 0)
    if (from === 0 && !named) return NOT_MEANT
    const { reading, accounted } = accountOf(scanned, from, SLOTS)
    if (reading.kind === 'no') return NOT_MEANT
    if (from === 0 && reading.kind !== 'understood') return NOT_MEANT
    const input = { ...reading.input, ...(reading.input['hours'] === OFF && { hours: null }) }
    return { reading: { ...reading, input }, accounted }
  },
}
