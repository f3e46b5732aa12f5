import type { Phrases } from '../../../bot/command.ts'
import { until } from '../../../bot/grammar/slots/kinds/until.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { tail } from '../../../bot/grammar/slots/labels/tail.ts'
import { accountOf, phrase } from '../../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  inDoubt,
  NOT_MEANT,
  nothing,
  type Slot,
} from '../../../bot/grammar/slots/slot.ts'
import { readIdentity } from '../../clients/identity/rules.ts'
import { looksLikeIdentity } from '../rules.ts'

/** No number is longer; what is read of a line is bounded. */
const MOST_CHARACTERS = 40
/** A number is written in no more groups than this. */
const MOST_GROUPS = 6

/** The numbers that a text begins with, and the rest of it. */
export function takeNumbers(text: string): { numbers: string[]; rest: string } {
  const numbers: string[] = []
  let rest = text.replace(SEPARATORS, '')
  for (;;) {
    const number = numberAtStart(rest)
    // A word such as 军字第2001988号 is a number where one must stand, and a reason behind one.
    if (!number || (numbers.length > 0 && /^\p{Script=Han}/u.test(number))) return { numbers, rest }
    numbers.push(number)
    rest = rest.slice(number.length).replace(SEPARATORS, '')
  }
}

const SEPARATORS = /^[\s,、]+/

/** The first word, or the first few where only together they are a number (91 110000 600037341L). */
function numberAtStart(text: string): string | null {
  const [first = ''] = text.match(/^[^\s,、]+/) ?? []
  if (first.length > MOST_CHARACTERS) return null
  if ('kind' in readIdentity(first)) return first
  for (let groups = 2; groups <= MOST_GROUPS; groups += 1) {
    const pattern = new RegExp(`^[+0-9A-Za-z()-]+(?: [0-9A-Za-z()-]+){${groups - 1}}(?![^\\s,、])`)
    const [said] = text.match(pattern) ?? []
    if (said && 'kind' in readIdentity(said)) return said
  }
  return looksLikeIdentity(first) ? first : null
}

/**
 * The numbers with which a line begins. One that is none of the three kinds is asked for; of several the command
 * says which. `alone`: whether nothing else may be said, or something must.
 */
const numbers = ({ alone }: { readonly alone?: boolean } = {}): Slot => ({
  field: 'numbers',
  kinds: ['phone', 'identity'],
  first: true,
  take({ scanned, start, end, pieces }) {
    const { numbers: said, rest } = takeNumbers(scanned.text.slice(start, end))
    const [number] = said
    if (number === undefined || (alone !== undefined && alone !== (rest === ''))) return nothing
    const from = end - rest.length
    // A number further on is one that is spoken of.
    const weighed = pieces.filter(
      (piece) => piece.start < from || piece.kind === 'phone' || piece.kind === 'identity',
    )
    const bad = said.length === 1 && !alone && !('kind' in readIdentity(number))
    return {
      ...(bad ? inDoubt('unclear', [], number) : { value: said.map(joined), claims: [] }),
      weighed,
      from,
    }
  },
  ask({ said }) {
    const fault = readIdentity(said)
    const why = 'zh' in fault ? fault : { zh: '', en: '' }
    return {
      expects: 'text',
      question: {
        zh: `${why.zh}是哪个号码？其他内容已记下，只回号码即可。`,
        en: `${why.en} Which number is it? The rest is kept; just send the number.`,
      },
    }
  },
})

/** A number without the blanks between its groups. */
const joined = (number: string): string => number.replaceAll(' ', '')

const WHY = words('reason', () => ({
  zh: '为什么列入？请写理由。',
  en: 'Why? Please give the reason.',
}))

/** 13800138001 加黑名单: the number first. */
const BEHIND_NUMBER =
  /[要请]?(?:加|列|进|拉|放)(?:入|进|到|了)?(?:黑名单|负面(?:清单|名单)?)[\s,:]*/

const ENTRY_SLOTS = [numbers({ alone: false }), until(), WHY]

const ENTRY = phrase(
  {
    words: [
      ...['负面清单', '负面', '列入负面', '列入负面清单', '加黑名单', '加入黑名单', '列入黑名单'],
      ...['拉黑', '黑名单', 'negative list', 'negative', 'blacklist'],
    ],
  },
  ...ENTRY_SLOTS,
)

/**
 * "负面 13800138000 冒用他人资料 至 2027-12-31", "13800138000 加黑名单，冒用他人资料"; without a day it is for good. A
 * number alone asks whether it is listed.
 */
export const ENTRY_PHRASES: Phrases<unknown> = {
  ...ENTRY,
  anywhere: BEHIND_NUMBER,
  scans(scanned, from) {
    if (from > 0) return ENTRY.scans?.(scanned, from) ?? NOT_MEANT
    const { numbers: said, rest } = takeNumbers(scanned.text)
    const word = rest.match(BEHIND_NUMBER)
    if (said.length === 0 || word?.index !== 0) return NOT_MEANT
    const given: Slot = { ...numbers(), take: () => ({ value: said.map(joined), claims: [] }) }
    const place = scanned.text.length - rest.length + word[0].length
    return accountOf(scanned, place, [given, until(), WHY])
  },
}

const CHECKS = [
  ...['负面 查', '负面查', '查负面', '查负面清单', '查黑名单', '查一下黑名单', '黑名单 查'],
  ...['negative check', 'check negative', 'check blacklist'],
]

/** "负面 查 13800138000"; the word alone asks how long the list is. A name is no number, which the answer says. */
export const LIST_PHRASES: Phrases<unknown> = (() => {
  const one = phrase(
    {
      words: [...CHECKS, '负面清单', '负面', '黑名单', 'negative list', 'negative', 'blacklist'],
    },
    numbers({ alone: true }),
  )
  return {
    ...one,
    scans(scanned, from) {
      const understood = (numbers: readonly string[]): Account<unknown> => ({
        reading: { kind: 'understood', input: { numbers } },
        accounted: new Set(),
      })
      const said = scanned.text.slice(from).trim()
      if (from > 0 && said === '') return understood([])
      const read = one.scans?.(scanned, from) ?? NOT_MEANT
      const checked = CHECKS.includes(scanned.text.slice(0, from).trim().toLowerCase())
      const named = checked && !/\p{N}/u.test(said)
      return read.reading.kind === 'no' && named ? understood([said.slice(0, 40)]) : read
    },
  }
})()

/** "负面 移除 13800138000 已核实，是重名 证据：身份证". */
export const REMOVAL_PHRASES = phrase(
  {
    words: [
      ...['负面 移除', '负面移除', '负面清单 移除', '移出负面', '移出负面清单', '移出黑名单'],
      ...['移除黑名单', '黑名单 移除', 'negative remove', 'blacklist remove'],
    ],
  },
  numbers(),
  tail('evidence', /[\s,;。]*(?:证据|evidence)\s*:\s*/i),
  words('reason', () => ({
    zh: '为什么移出？请写理由。',
    en: 'Why does it come off the list? Please give the reason.',
  })),
)
