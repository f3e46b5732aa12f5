import type { Phrases } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { opt, rest } from '../../bot/grammar/slots/fill.ts'
import { atTime, onDay } from '../../bot/grammar/slots/kinds/when.ts'
import { accountOf } from '../../bot/grammar/slots/phrase.ts'
import { NOT_MEANT, nothing, type Part, type Slot } from '../../bot/grammar/slots/slot.ts'
import type { Text } from '../../core/text.ts'

const EVERYBODY = [
  ...[
    '通知全队',
    '通知大家',
    '通知全体',
    '通知全员',
    '通知团队',
    '通知所有人',
    '通知 全队',
    '通知 大家',
  ],
  ...['tell the team', 'tell everybody', 'tell everyone'],
]

/** What is told is never held up by a day or an hour in it that is not sure. */
const ifSure = (slot: Slot): Slot => ({
  ...slot,
  take(part, before, claimed) {
    const taken = slot.take(part, before, claimed)
    return taken.doubt ? { ...nothing, weighed: taken.weighed ?? taken.claims } : taken
  },
})

/** All that is told, as typed and whole, with its day and hour. */
const told: Slot = {
  ...rest('text'),
  required: true,
  take: ({ scanned, start, end }) => ({
    value: asTypedIn(scanned, start, end).replace(/^[\s,，:：;；。、]+/, '') || null,
    claims: [],
  }),
  ask: () => ({
    expects: 'text',
    question: { zh: '通知什么？写一句。', en: 'What are they to be told?' },
  }),
}

const WHOM: Text = {
  zh: '通知谁、说什么？比如 全队 下午4点开会，或 张三、李四 下午4点开会。',
  en: 'Who is to be told, and what? For example Lee, Mary: meeting at 4 pm.',
}

/** Names or staff codes with marks between them, set off from what is told. */
const NAMED =
  /^\s*((?:[^\s,，、;；:：。]{1,20}[,，、;；]\s*){0,19}[^\s,，、;；:：。]{1,20})[\s:：]+/
const people: Slot = {
  field: 'to',
  kinds: [],
  required: true,
  take({ scanned, start, end }: Part) {
    const [whole = '', names = ''] = scanned.text.slice(start, end).match(NAMED) ?? []
    if (!names) return nothing
    const said = asTypedIn(scanned, start, start + whole.length)
    const to = said.split(/[\s,，、;；:：]+/).filter(Boolean)
    return { value: to, claims: [], from: start + whole.length }
  },
  ask: () => ({
    expects: 'text',
    question: WHOM,
  }),
}

const WHEN = [ifSure(opt(onDay('dueOn'))), ifSure(atTime('dueTime'))]
const TO_ALL: readonly Slot[] = [...WHEN, told]
const TO_SOME: readonly Slot[] = [people, ...WHEN, told]

/** "通知全队 下午4点开会", "通知 张志、侯秀琳 把名单发我". */
export const NOTIFY_PHRASES: Phrases<unknown> = {
  words: [...EVERYBODY, '通知', 'notify'],
  lacks: asking(WHOM),
  free: ['text'],
  slots: TO_SOME,
  scans(scanned, from) {
    if (from === 0) return NOT_MEANT
    const word = asTypedIn(scanned, 0, from).trim().toLowerCase()
    const all = EVERYBODY.some((each) => word.endsWith(each))
    if (!all && !NAMED.test(scanned.text.slice(from))) return NOT_MEANT
    return accountOf(scanned, from, all ? TO_ALL : TO_SOME)
  },
}
