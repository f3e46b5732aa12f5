import type { Intent } from '../../../core/intent.ts'
import { normalise } from '../../grammar/normalise.ts'
import { readNumber } from '../../grammar/number.ts'

// What is offered is picked as people say it, too: 第二个, the second one, 福源那个, 对.

type Option = { readonly label: string; readonly intent: Intent }

const NUMERAL = '[一二两三四五六七八九十]{1,2}'
const PLACED = new RegExp(
  `^(?:是|就是|选|要)?\\s?第?\\s?(\\d{1,2}|${NUMERAL})\\s?(?:个|位|号|家|条|项|种)?(?:那个|的)?吧?$`,
)
const ENGLISH =
  /^(?:number |no\.? ?|#)?(?:the )?(\d{1,2}|first|second|third|fourth|fifth)(?:st|nd|rd|th)?(?: one)?$/
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']
const YES = /^(?:对+|对的|是|是的|嗯+|好|好的|行|可以|没错|确认|yes|yep|yeah|y|ok|okay|sure|right)$/
/** Around the words that tell one from the others. */
const AROUND = /^(?:是|就是|选|那个|那位|我说的是|the )|(?:的?那个|的?那位|的?那家|的|吧| one)$/g
/** Fewer characters are in every label. */
const SHORTEST = 2

/** Whether it only says yes to what was offered. */
export const isYes = (typed: string): boolean => YES.test(bare(typed))

const bare = (typed: string): string =>
  normalise(typed)
    .toLowerCase()
    .replace(/[\s.,!?。~、]+$/, '')

/** The one that is meant; null: none, or several could be. */
export function spokenChoice(options: readonly Option[], typed: string): Intent | null {
  const said = bare(typed)
  const [, counted] = said.match(PLACED) ?? said.match(ENGLISH) ?? []
  if (counted !== undefined) {
    const ordinal = ORDINALS.indexOf(counted) + 1
    return options[(ordinal || (readNumber(counted) ?? 0)) - 1]?.intent ?? null
  }
  const [only] = options
  if (options.length === 1 && YES.test(said)) return only?.intent ?? null
  const words = said.replace(AROUND, '').trim()
  if (words.length < SHORTEST) return null
  const labelled = options.filter(({ label }) => normalise(label).toLowerCase().includes(words))
  return labelled.length === 1 ? (labelled[0]?.intent ?? null) : null
}
