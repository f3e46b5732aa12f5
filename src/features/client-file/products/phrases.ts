import type { Phrases } from '../../../bot/command.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { NOT_MEANT, nothing, type Slot } from '../../../bot/grammar/slots/slot.ts'
import { readHeld } from './rules.ts'

/** What the client holds and holds no more: +收单 -保险. */
const held: Slot = {
  field: 'held',
  kinds: ['product'],
  rest: true,
  take({ scanned, start, end, pieces }) {
    const said = readHeld(scanned.context.at.catalogue, scanned.text.slice(start, end))
    return { ...nothing, value: said, weighed: pieces }
  },
  ask: () => ({ expects: 'text', question: { zh: '哪个产品？', en: 'Which product?' } }),
}

/** The catalogue is called so too: a sign says that it is about what somebody holds. */
const CATALOGUE = ['产品', 'products']
const SIGNED = /^\S[^+-]*\s[+-]\s?\S/

const HELD = phrase(
  { words: ['持有', '持有产品', 'holds', ...CATALOGUE], behindName: /持有(?:产品)?|holds\b/ },
  client('named', { alone: true }),
  held,
)

/** "产品 张三 +收单 -保险", "持有 张三 收单", "张三 持有 收单". */
export const HELD_PHRASES: Phrases<unknown> = {
  ...HELD,
  scans(scanned, from) {
    const word = scanned.text.slice(0, from).trim().toLowerCase()
    return CATALOGUE.includes(word) && !SIGNED.test(scanned.text.slice(from))
      ? NOT_MEANT
      : (HELD.scans?.(scanned, from) ?? NOT_MEANT)
  },
}
