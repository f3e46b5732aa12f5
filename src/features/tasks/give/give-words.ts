import type { Phrases } from '../../../bot/command.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { staff } from '../../../bot/grammar/slots/kinds/staff.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import type { Slot } from '../../../bot/grammar/slots/slot.ts'

const SELF = /^(?:我自己|我|自己|本人|me|myself)(?=[\s.。!]*$)/i

/** Whether whoever says it means themselves. */
export const isSelf = (said: string): boolean => SELF.test(said.trim())

const GIVE = '(?:转给|转交给?|改派给?|交给|派给|给)'
const TASK = '(?:的|这件|那件)?(?:任务|待办|事)'
const LEAD =
  /^(?:(?:的|这件|那件)?(?:任务|待办|事))?[\s:]*(?:转给|转交给?|改派给?|交给|派给|给|to\b)?[\s:]*/i

/** 派张三给Lee, assign Tom to Zhou Min: a client, to a colleague, and nothing else. */
export const CLIENT_FIRST =
  "[^\\d\\n,;，；][^\\n,;，；]{0,23}?(?:\\s?(?:给|交给)\\s?[^\\s,;，；。]{1,12}|(?:'s task)? to (?!(?:visit|call|see|phone|contact)\\b)[^\\n,;]{1,30})[.。!！]?$"

/** Mary Lee and nothing else: a name of several words. */
const WORDS = /^[a-z][a-z'-]*(?: [a-z][a-z'-]*){1,2}(?=[\s.!]*$)/i

/** The colleague, or oneself, behind what leads to the name. */
const NAMED = staff('to', { alone: true })
const whom: Slot = {
  ...NAMED,
  take(part, before, claimed) {
    const { scanned, end } = part
    const start = part.start + (scanned.text.slice(part.start, end).match(LEAD)?.[0].length ?? 0)
    const self = scanned.text.slice(start, end).match(SELF)?.[0]
    if (self) return { value: self, claims: [], from: start + self.length }
    const whole = scanned.text.slice(start, end).match(WORDS)?.[0]
    if (whole) {
      const from = start + whole.length
      return { value: asTypedIn(scanned, start, from), claims: [], from }
    }
    const pieces = part.pieces.filter((piece) => piece.start >= start)
    return NAMED.take({ ...part, start, pieces }, before, claimed)
  },
}

/** "张三的任务转给王五", "把张三的任务转给我", "give task of Tom to Lee": a client and a colleague. */
export const GIVE_PHRASES: Phrases<unknown> = phrase(
  {
    words: ['转任务', '改派', 'give task of', 'give the task of', 'reassign task of'],
    behindName: new RegExp(`${TASK}\\s?${GIVE}`),
    opens: new RegExp(
      `^(?:把|将)\\s?(?=[^\\n]{1,20}?(?:${TASK}\\s?${GIVE}|(?:改|指)?派给))|^(?:派|assign )\\s?(?=${CLIENT_FIRST})`,
      'i',
    ),
    strict: true,
  },
  client(),
  whom,
)
