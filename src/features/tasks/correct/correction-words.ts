import type { OutcomeKinds } from '../../../core/outcome.ts'
import { hearOutcomes } from '../outcomes/outcome-words.ts'

const WRONG =
  '(?:刚才|刚刚|前面|上次|之前)?(?:那个|那件|那条|的)?(?:我)?(?:记|说|登记|写|弄|搞|点|按)错了?'
/** Before a task's number: 更正 1 拒绝, that was wrong, 1 declined. */
const BEFORE = `(?:(?:更正|改正|纠正|${WRONG}|不对|(?:sorry|oops)[\\s,:]+(?=that|i )|(?:that|it) was (?:wrong|a mistake)|my mistake|correction|correct|i (?:was|got it) wrong)[\\s,:;.。、]*)+`
/** As the beginning of a shape: a word of correction may stand before the number. */
export const MAYBE_CORRECTION = `(?:${BEFORE})?`

const AFTER = new RegExp(
  `^[\\s,:;.。、]*(?:${WRONG}|更正|改正|纠正|改成|改为|应该是|应为|其实|实际上|实际(?=是)|不对(?=[\\s,。.]|是)|错了|(?:that |it |this )?was (?:wrong(?! n)|a mistake)|wrong(?=\\s*[,:;.])|my mistake|correction|actually|in fact|should (?:be|have been)|changed? (?:it )?to|make (?:it|that))(?:为|成)?[\\s,:;.。、]*(?:(?:应该)?是(?:说)?|说是?|it (?:is|was)|they|he|she)?\\s*`,
  'i',
)
/** The look behind has a row of separators tried at its first only: from each of them is quadratic. */
const AT_END = new RegExp(
  `(?<![\\s,;.。、])[\\s,;.。、]+(?:${WRONG}|(?:that |it )?was (?:wrong|a mistake)|my mistake)[\\s.。!]*$`,
  'i',
)
/** 不是没接，是拒绝. */
const NOT_BUT = /^[\s,:]*不是\s*([^\s,;。]{1,8})[\s,;。]*(?:而)?是(?:说)?\s*/

/** What is left of a text, and whether a word said that what was logged before is wrong. */
interface Taken {
  readonly rest: string
  readonly corrects: boolean
}

export function takeCorrectionBefore(line: string): Taken {
  const rest = line.replace(new RegExp(`^${BEFORE}(?=(?:第\\s*)?\\d)`, 'i'), '')
  return { rest, corrects: rest !== line }
}

/** Takes the words of correction that follow a task's number, or end its line. */
export function takeCorrection(said: string, kinds: OutcomeKinds): Taken {
  const negated = said.match(NOT_BUT)
  if (negated?.[1] && hearOutcomes(negated[1], kinds).length > 0) {
    return { rest: said.slice(negated[0].length), corrects: true }
  }
  let rest = said.replace(AT_END, '')
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(AFTER, '')
  }
  return { rest, corrects: rest !== said }
}
