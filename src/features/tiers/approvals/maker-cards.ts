import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { type Making, madeBy, type PendingMove } from './rules.ts'

/** What the reader did to bring a move about. */
export const makingLabel = (did: Making, say: Say): string =>
  ({
    recorded: say('您登记的信息', 'you recorded the facts'),
    named: say('您指定的', 'you named the client'),
    released: say('您解除的指定', 'you released the client'),
  })[did]

/** Moves named in an answer at most. */
const MOST_NAMED = 8

/** Which moves the reader does not decide, and why. */
export function ownLines(
  own: readonly PendingMove[],
  reader: string,
  language: Language,
): string[] {
  const say = speaker(language)
  const lines = own.slice(0, MOST_NAMED).map((move) => {
    const did = makingLabel(madeBy(move, reader) ?? 'recorded', say)
    return say(`${move.name}：${did}，请同事决定。`, `${move.name}: ${did}; a colleague decides.`)
  })
  const more = own.length - lines.length
  return more > 0 ? [...lines, say(`还有 ${more} 件`, `${more} more`)] : lines
}

/** Who else of the department may decide; that nobody is there. */
export function secondPerson(colleagues: readonly string[], language: Language): string {
  const say = speaker(language)
  return colleagues.length > 0
    ? say(`等 ${colleagues.join('、')} 决定。`, `It waits for ${colleagues.join(', ')}.`)
    : say(
        '本部门没有第二位同事，谁提出谁不能批：请让总行为部门再安排一位。',
        'Nobody else is in your department, and whoever made a move does not approve it: ask head office for a second person.',
      )
}

/** Whose answer a move waits for. */
export const enquiredLine = (
  { by, dueOn }: NonNullable<PendingMove['enquiry']>,
  today: Day,
  say: Say,
): string =>
  say(
    `已问 ${by}，${sayDay(dueOn, today, 'zh')} 前答复，答复前不作决定`,
    `${by} was asked and answers by ${sayDay(dueOn, today, 'en')}; it is not decided before`,
  )

/** Which moves wait for an answer, and how not to wait. */
export function enquiredLines(
  moves: readonly PendingMove[],
  today: Day,
  language: Language,
): string[] {
  const say = speaker(language)
  const lines = moves
    .slice(0, MOST_NAMED)
    .flatMap(({ name, enquiry }) =>
      enquiry ? [say(`${name}：`, `${name}: `) + enquiredLine(enquiry, today, say)] : [],
    )
  const more = moves.length - lines.length
  return [
    ...lines,
    ...(more > 0 ? [say(`还有 ${more} 件`, `${more} more`)] : []),
    ...(lines.length > 0
      ? [say('不等了就发"询问"撤回问题。', 'Say "enquiries" to take the question back.')]
      : []),
  ]
}
