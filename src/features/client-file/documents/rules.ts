import { scan } from '../../../bot/grammar/scan/scan.ts'
import { opt } from '../../../bot/grammar/slots/fill.ts'
import { until } from '../../../bot/grammar/slots/kinds/until.ts'
import { words as wordsOf } from '../../../bot/grammar/slots/kinds/words.ts'
import { accountOf } from '../../../bot/grammar/slots/phrase.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { DocumentKind } from '../../clients/file/rows-store.ts'

/** What a caption or the name of a file says that it is; the first that fits. */
const KINDS: readonly (readonly [DocumentKind, RegExp])[] = [
  ['licence', /执照|licen[cs]e/i],
  ['identity', /身份证|护照|户口本|结婚证|通行证|passport|\bid\b/i],
  ['property', /房产|房本|产权|不动产|行驶证|property|deed/i],
  ['statement', /流水|报表|对账单|纳税|发票|statement/i],
  ['contract', /合同|协议|contract/i],
  ['premises', /门头|门店|店面|店铺|场所|厂房|仓库|现场|premises|shop/i],
]

/** A caption as it is meant: whose document, what it is, and how long it is valid. */
export interface Caption {
  readonly named: string
  readonly kind: DocumentKind
  /** The words beside the client's name; null: none. */
  readonly words: string | null
  /** Null: no end, or not said. */
  readonly validUntil: Day | null
}

/** What stands beside the client's name. */
const SAID = [
  until('validUntil'),
  opt(wordsOf('words', () => ({ zh: '这是什么？', en: 'What is it?' }))),
]

/** Between words, and before what is somebody's: 张三的营业执照, and not 美的电器. */
const APART = new RegExp(
  `[\\s,;:，；：、]+|的(?=营业|照片|图片|资料|材料|${KINDS.map(([, { source }]) => source).join('|')})`,
  'i',
)

/** Words of a caption that may name the client, the first before: 张三 营业执照, 门头照 张三, 张三的执照. */
export const wordsIn = (caption: string): string[] => caption.trim().split(APART).filter(Boolean)

/**
 * Reads "张三 营业执照 有效期至 2027-06-30" where the word `place` names the client; what the others leave open, the
 * name of the file may say.
 */
export function readCaption(caption: string, fileName: string, at: Moment, place = 0): Caption {
  const all = wordsIn(caption)
  const named = all[place] ?? ''
  const said = all.toSpliced(place, 1).join(' ')
  const { reading } = accountOf(scan(said, { at, names: [] }), 0, SAID)
  const read = reading.kind === 'no' ? {} : (reading.input as Partial<Caption>)
  const { words = null, validUntil = null } = read
  const [kind] = KINDS.find(([, pattern]) => pattern.test(`${said} ${fileName}`)) ?? ['other']
  return { named, kind, words, validUntil }
}
