import type { Phrases } from '../../bot/command.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { people } from '../../bot/grammar/slots/kinds/people.ts'
import { until } from '../../bot/grammar/slots/kinds/until.ts'
import { atTime, onDay } from '../../bot/grammar/slots/kinds/when.ts'
import { words } from '../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { inDoubt, nothing, type Slot } from '../../bot/grammar/slots/slot.ts'
import { text } from '../../core/text.ts'
import { EVERY_SAID, REPEATS } from './series-rules.ts'

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

/** Nothing in it comes again. */
const ONCE = new RegExp(`^(?!.*(?:${REPEATS.source}))`, 'i')

/** How a new activity is begun, in a form and in a line. */
export const NEW = ['客户活动 新建', '客户活动新建', '新建客户活动', '新沙龙', 'new event']

const day = onDay('heldOn', { unread: true })

const SOMEWHERE = words('place', () =>
  text('在哪里办？比如 城东支行大堂。', 'Where? For example the main hall.'),
)
/** What is left is the place, unless something else was read in the midst of it: then nobody can know. */
const PLACE: Slot = {
  ...SOMEWHERE,
  take(part, before, claimed) {
    const taken = SOMEWHERE.take(part, before, claimed)
    const { value } = taken
    const amid = typeof value === 'string' && [...claimed].some(({ said }) => value.includes(said))
    return amid ? inDoubt('unclear', [], value) : taken
  },
  ask: (doubt, ...more) =>
    doubt.said
      ? {
          expects: 'text',
          question: text(
            `"${doubt.said}"里哪些是地点？只写地点，比如 城东支行大堂。`,
            `What of "${doubt.said}" is the place? Send the place alone, for example the main hall.`,
          ),
        }
      : SOMEWHERE.ask(doubt, ...more),
}

/** "春茶沙龙 12/10 下午2点 大堂": what it is called, when, and where. */
export const NEW_PHRASES: Phrases<unknown> = phrase(
  { words: NEW, unless: REPEATS },
  called('name', { alone: true }),
  { ...day, required: true },
  atTime('startsAt'),
  PLACE,
)

/** A year or a month before how often it is, which is of neither: 2027年2月每周三. */
const OF_A_MONTH =
  /(?:20\d\d\s?年?\s?)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月份?[里内的]?\s?$|20\d\d\s?年?的?\s?$/

/** How often it is: as it was said, to be read with the rest. */
const EVERY: Slot = {
  field: 'every',
  kinds: [],
  take(part) {
    const { scanned, start, end } = part
    const text = scanned.text.slice(start, end)
    const read = text.match(EVERY_SAID)
    const found = read ?? text.match(REPEATS)
    if (!found) return nothing
    const month = text.slice(0, found.index).match(OF_A_MONTH)?.[0] ?? ''
    const from = start + (found.index ?? 0) - month.length
    const to = from + month.length + found[0].length
    const within = part.pieces.filter((each) => each.start < to && each.end > from)
    const whole = `${month}${found[0]}`
    const said = { kind: 'opaque' as const, value: null, start: from, end: to, said: whole }
    const claims = [said, ...within]
    return read && !month ? { value: found[0], claims } : inDoubt('unclear', claims, whole)
  },
  ask: ({ said }) => ({
    expects: 'text',
    question: text(
      `${said ? `"${said}"没看懂，` : ''}多久办一次？比如 每周三、每月第二个周三、每月10日、每季度15日。从今天排起，最后一天用"到"说。`,
      `${said ? `I did not understand "${said}". ` : ''}How often? For example every Wed, every 2nd Wed, every month on the 10th. It begins today, and "until" says the last day.`,
    ),
  }),
}

/** "春茶沙龙 明年每月第二个周三 下午2点 大堂 到 6月30日": what, how often, when, where, and until when. */
export const SERIES_PHRASES: Phrases<unknown> = phrase(
  { words: NEW, unless: ONCE },
  called('name', { alone: true }),
  EVERY,
  until('until'),
  atTime('startsAt'),
  PLACE,
)
