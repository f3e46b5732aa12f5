import type { Phrases } from '../../bot/command.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { people } from '../../bot/grammar/slots/kinds/people.ts'
import { atTime, onDay } from '../../bot/grammar/slots/kinds/when.ts'
import { words } from '../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { nothing, type Slot } from '../../bot/grammar/slots/slot.ts'
import { text } from '../../core/text.ts'

/** What an activity is called: the first word, as its name has no blanks. `alone`: nothing need follow. */
const called = (field: string, { alone = false } = {}): Slot => ({
  field,
  kinds: [],
  first: true,
  take(part) {
    const { scanned, start, end } = part
    const said = scanned.text.slice(start, end).match(/^[^\s,;、]+/)?.[0] ?? ''
    const behind = start + said.length
    const gap = scanned.text.slice(behind, end).match(/^[\s,;:、]+/)?.[0].length ?? 0
    // Whatever else the word is, it is what the activity is called.
    const weighed = part.pieces.filter((each) => each.start < behind)
    return said === '' || (!alone && behind + gap >= end)
      ? nothing
      : { value: asTypedIn(scanned, start, behind), claims: [], weighed, from: behind + gap }
  },
  ask: () => ({
    expects: 'text',
    question: text('哪个客户活动？', 'Which event?'),
  }),
})

/** "春茶沙龙 张三、李四", "TeaSalon John Smith, Mary Brown": to which activity, and who. */
export const guestPhrases = (words: readonly string[]): Phrases<unknown> =>
  phrase(
    { words, strict: true },
    called('named'),
    people('names', text('哪些客户？几位用顿号分开。', 'Which clients? Part them by commas.')),
  )

/** How a new activity is begun, in a form and in a line. */
export const NEW = ['客户活动 新建', '客户活动新建', '新建客户活动', '新沙龙', 'new event']

const day = onDay('heldOn', { unread: true })

/** "春茶沙龙 12/10 下午2点 大堂": what it is called, when, and where. */
export const NEW_PHRASES: Phrases<unknown> = phrase(
  { words: NEW },
  called('name', { alone: true }),
  { ...day, required: true },
  atTime('startsAt'),
  words('place', () => text('在哪里办？比如 城东支行大堂。', 'Where? For example the main hall.')),
)
