import type { Piece } from '../../../bot/grammar/scan/piece.ts'
import { opt } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { until } from '../../../bot/grammar/slots/kinds/until.ts'
import { amount, product } from '../../../bot/grammar/slots/kinds/values.ts'
import { labelledAmount, labelledNumber } from '../../../bot/grammar/slots/labels/labelled.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { nothing, oneOf, type Slot, taking } from '../../../bot/grammar/slots/slot.ts'

/** What may be drawn at will; anything else is one loan. */
const LINE = /综合授信|授信额度|循环额度|授信|额度|\bcredit line\b|\bline\b/i

/** Whether a loan is a credit line. */
const kind: Slot = {
  field: 'kind',
  kinds: [],
  leaves: true,
  take({ scanned, start, end }) {
    const found = LINE.exec(scanned.text.slice(start, end))
    if (!found) return nothing
    const place = { start: start + found.index, end: start + found.index + found[0].length }
    const piece: Piece = { kind: 'opaque', value: null, said: found[0], ...place }
    return { value: 'line', claims: [piece] }
  },
  ask: () => ({ expects: 'text', question: { zh: '哪一种？', en: 'Which kind?' } }),
}

const account = labelledNumber(
  'account',
  '账号|帐号|账户|合同号|合同编号|合同|借据号|借据|account|contract',
  /^(?:合同|借据|contract)[\s:是为]*$/i,
)

const LED = /(?:至|到|截至|\buntil|\btill)\s*$/i

/** The last day: behind what leads to it, wherever that stands. */
const ending: Slot = {
  ...until('until'),
  take(part, before, claimed) {
    const atEnd = until('until').take(part, before, claimed)
    if (atEnd.value !== null) return atEnd
    const { text } = part.scanned
    const led = taking(part, 'day').flatMap((day) => {
      const lead = text.slice(part.start, day.start).match(LED)?.[0].length
      return lead === undefined ? [] : [{ ...day, start: day.start - lead } as typeof day]
    })
    const one = oneOf<'day'>(led)
    return one.value === null || one.value === undefined
      ? atEnd
      : { ...one, weighed: atEnd.weighed ?? [] }
  },
  ask: () => ({ expects: 'day', question: { zh: '哪天到期？', en: 'When does it end?' } }),
}

export const LOAN_SLOTS: readonly Slot[] = [
  client('named', { alone: true }),
  account,
  labelledAmount('balance', '余额|用信|已用|balance|used'),
  ending,
  kind,
  opt(product()),
  opt(amount()),
]

/** "放款 张三 信用贷 30万 至 2027-11-30 账号 6228…". */
export const LOAN = phrase(
  { words: ['放款', '确认放款', 'confirm loan'], strict: true },
  ...LOAN_SLOTS,
)

/** "结清 张三 账号 6228…", of a loan that is settled. */
export const SETTLED = phrase(
  { words: ['结清', '已结清', 'settled'], strict: true },
  client('named', { alone: true }),
  account,
)
