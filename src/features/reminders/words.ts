import type { Phrases } from '../../bot/command.ts'
import { ofKind, TAKEN } from '../../bot/grammar/scan/piece.ts'
import { type Scanned, scan } from '../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { opt } from '../../bot/grammar/slots/fill.ts'
import { atTime, onDay } from '../../bot/grammar/slots/kinds/when.ts'
import { words } from '../../bot/grammar/slots/kinds/words.ts'
import { accountOf } from '../../bot/grammar/slots/phrase.ts'
import { type Account, NOT_MEANT, type Slot } from '../../bot/grammar/slots/slot.ts'

const WORDS = ['提醒我', '记得提醒我', '到时提醒我', '设提醒', 'remind me to', 'remind me']
/** It may stand behind when: 明天下午3点提醒我带合同. */
const BEHIND = /(?:记得|请|到时候?)?提醒我(?:一下|一声)?\s*/

/** As it was typed: 打电话 is what is to be done, and no word of an outcome. */
const what = words('note', () => ({ zh: '提醒您做什么？', en: 'What shall I remind you of?' }))
const SLOTS: readonly Slot[] = [opt(onDay('dueOn', { unread: true })), atTime('dueTime'), what]

/** When, what, and with which client, whose name is a part of what. */
export const REMIND_PHRASES: Phrases<unknown> = {
  words: WORDS,
  free: ['note'],
  slots: SLOTS,
  anywhere: BEHIND,
  scans: (scanned, from) => (from > 0 ? read(scanned, from) : behindWhen(scanned)),
}

/** Before the word there may be when, and nothing else. */
function behindWhen(scanned: Scanned): Account<unknown> {
  const { text, context, open } = scanned
  const word = text.match(BEHIND)
  const start = word?.index ?? 0
  if (!word || start === 0 || /[^\s,]/.test(open.slice(0, start).replaceAll(TAKEN, ''))) {
    return NOT_MEANT
  }
  const end = start + word[0].length
  const apart = `${asTypedIn(scanned, 0, start)} ${asTypedIn(scanned, end, text.length)}`
  return read(scan(apart, context), 0)
}

function read(scanned: Scanned, from: number): Account<unknown> {
  const { reading, accounted } = accountOf(scanned, from, SLOTS)
  if (reading.kind === 'no') return NOT_MEANT
  const name = ofKind(scanned.pieces, 'name').find(({ start }) => start >= from)
  const input = { ...reading.input, ...(name && { named: name.value ?? name.said }) }
  const { dueOn = null, dueTime = null } = reading.input
  const doubts = reading.kind === 'asks' ? reading.doubts : []
  if (dueOn !== null || dueTime !== null || doubts.some(({ slots }) => !slots.includes('note'))) {
    return { reading: { ...reading, input }, accounted }
  }
  const when = {
    question: {
      zh: '什么时候提醒？比如 明天下午3点。',
      en: 'When shall I remind you? For example tomorrow at 15:00.',
    },
    slots: ['dueOn'],
    expects: 'day',
  } as const
  return { reading: { kind: 'asks', input, doubts: [when, ...doubts] }, accounted }
}
