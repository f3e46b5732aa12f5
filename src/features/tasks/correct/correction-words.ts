import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import type { Segment } from '../../../bot/grammar/slots/segments.ts'
import type { Fields, Part } from '../../../bot/grammar/slots/slot.ts'

const WRONG =
  '(?:刚才|刚刚|前面|上次|之前)?(?:那个|那件|那条|的)?(?:我)?(?:记|说|登记|写|弄|搞|点|按)错了?'
/** Before a task's number: 更正 1 拒绝, that was wrong, 1 declined. */
const BEFORE = `(?:(?:把(?=[^\\n]{1,16}?改[成为])|(?:刚才|刚刚)(?=第?\\d[^\\n]*错)|改一下|(?:actually|in fact)(?=[\\s,])|更正|改正|纠正|${WRONG}|不对|(?:sorry|oops)[\\s,:]+(?=that|i |\\d)|(?:that|it) was (?:wrong|a mistake)|my mistake|correction|correct|i (?:was|got it) wrong)[\\s,:;.。、]*)+`

const AFTER = new RegExp(
  `^[\\s,:;.。、]*的?(?:${WRONG}|更正|改正|纠正|改成|改为|应该是|应为|其实|实际上|实际(?=是)|不对(?=[\\s,。.]|是)|错了|(?:that |it |this )?was (?:wrong(?! n)|a mistake)|wrong(?=\\s*[,:;.])|my mistake|correction|actually|in fact|should (?:be|have been)|changed? (?:it )?to|make (?:it|that))(?:为|成)?[\\s,:;.。、]*(?:(?:应该)?是(?:说)?|说是?|it (?:is|was)|they|he|she)?\\s*`,
  'i',
)
/** The look behind has a row of separators tried at its first only: from each of them is quadratic. */
const AT_END = new RegExp(
  `(?<![\\s,;.。、])[\\s,;.。、]+(?:${WRONG}|(?:that |it )?was (?:wrong|a mistake)|my mistake)[\\s.。!]*$`,
  'i',
)
/** At the end of what is said of one, before the next: 1 没接 哦不对 2 没接. */
const WITHDRAWN =
  /[\s,;。、](?:哦|啊|呃|噢)?[\s,]{0,3}(?:不对|错了|[说写打]错了|oops|no wait|sorry)[\s,;。、!]{0,5}$|是错的[\s,;。、]{0,3}(?:应该)?是?\s*$/i
/** 不是没接，是拒绝. */
const NOT_BUT = /^[\s,:]*不是\s*([^\s,;。]{1,8})[\s,;。]*(?:而)?(?<!不)是(?:说)?\s*/

/** What a correction says of the items that it is about. */
const CORRECTS = { correction: true } as const

/** Words of correction before the first number or name of a line: where that begins. */
export function correctionBefore({ text }: Scanned): {
  readonly from: number
  readonly fields: Fields
} {
  const said = text.match(new RegExp(`^${BEFORE}`, 'i'))?.[0].length ?? 0
  return { from: said, fields: said > 0 ? CORRECTS : {} }
}

/**
 * A line that puts the last outcome right and names nothing: 改成拒绝, 刚才那个记错了, 上一个改成考虑. What may be said of
 * any client (其实, actually) is none.
 */
export const OF_LAST = new RegExp(
  `^(?:(?:刚才|刚刚|上一?|前一?)(?:那?[个条件])?[\\s,]*)?(?:(?:${WRONG}|改成|改为|更正[为成]|应该是|应为|(?:that|it) was (?:wrong(?! n)|a mistake)|my mistake|(?:change|make) (?:it|that)(?: to)?|(?:that|it) should (?:be|have been)|correction(?=:))[\\s,:;.。、]*)+(?:(?:应该)?是(?:说)?|it (?:is|was))?\\s*`,
  'i',
)

/** Words of correction behind a number or name, or at the end: what they stand around. */
export function correctionIn({ part }: Segment): {
  readonly part: Part
  readonly fields: Fields
  readonly withdrawn?: boolean
} {
  const said = part.scanned.text.slice(part.start, part.end)
  const withdrawn = WITHDRAWN.test(said)
  const negated = said.match(NOT_BUT)
  let [from, until] = [0, said.replace(AT_END, '').length]
  if (negated?.[1] && saysOutcome(part, negated[0].length)) from = negated[0].length
  for (let taken = -1; taken !== 0; ) {
    taken = said.slice(from, until).match(AFTER)?.[0].length ?? 0
    from += taken
  }
  if (from === 0 && until === said.length) return { part, fields: {}, withdrawn }
  const end = part.start + until
  // 其实是说再考虑: 说再考虑 is one word.
  const cut = part.pieces.find(
    (piece) => piece.start < part.start + from && piece.end > part.start + from,
  )
  const start = cut?.start ?? part.start + from
  const pieces = part.pieces.filter((piece) => piece.start >= start && piece.end <= end)
  return { part: { ...part, start, end, pieces }, fields: CORRECTS, withdrawn }
}

const saysOutcome = ({ pieces, start }: Part, length: number): boolean =>
  pieces.some(({ kind, end }) => kind === 'outcome' && end <= start + length)
