import type { Moment } from '../../../bot/moment.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import { saySetDay } from '../../../core/calendar/workdays.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import type { Named } from '../../staff/store.ts'
import { type Span, workdaysOf } from './rules.ts'

/** "12月1日 到 12月5日，5 个工作日" */
function spanLine(span: Span, at: Moment, language: Language): string {
  const say = speaker(language)
  const { from, until } = span
  const first = sayDay(from, at.today, language)
  const last = saySetDay(until, at, language)
  const count = workdaysOf(span, at.workdays)
  const days = from === until ? last : say(`${first} 到 ${last}`, `${first} to ${last}`)
  return say(`${days}（${count} 个工作日）`, `${days} (${count} workdays)`)
}

export function absenceCard(entered: Entered, at: Moment, language: Language): Card {
  const say = speaker(language)
  const { name } = entered.standIn
  const unkept = entered.why
    ? say(
        ` "${entered.why}"不用说明，没有记下。`,
        ` "${entered.why}" need not be said and was not kept.`,
      )
    : ''
  const { other, absent } = entered
  if (other) {
    const text = say(
      `已替 ${other} 登记请假：**${spanLine(entered, at, language)}**，${name} 代班，两位都会收到消息。提前回来由本人发"销假"，或您发"销假 ${absent.code}"。`,
      `Registered: ${other} is away **${spanLine(entered, at, language)}**; ${name} stands in, and both are told. When they return early they say "back", or you say "back ${absent.code}".`,
    )
    return { blocks: [{ kind: 'text', text: `${text}${unkept}` }, undoRow(say)] }
  }
  const text = say(
    `已登记请假：**${spanLine(entered, at, language)}**，${name} 代班。期间您的任务排在${name}的清单里，不给您推送；提前回来发"销假"。`,
    `Registered: away **${spanLine(entered, at, language)}**; ${name} stands in. Your tasks are on their list and nothing is pushed to you; say "back" when you return early.`,
  )
  return {
    blocks: [{ kind: 'text', text: `${text}${unkept}` }, undoRow(say)],
  }
}

/** To whoever was to stand in. */
export const notStandingIn = (absent: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${absent}不请假了，不用再代班。谢谢。`,
      `${absent} is not away after all; you need not stand in any more. Thank you.`,
    ),
  )

/** To whoever stands in. */
export function standInCard(absent: string, span: Span, at: Moment, language: Language): Card {
  const say = speaker(language)
  const text = say(
    `${absent} ${spanLine(span, at, language)} 请假，由您代班。到时其任务会排进您的清单，注明"${absent}的客户"，登记方法一样。`,
    `${absent} is away ${spanLine(span, at, language)} and you stand in. Their tasks will be on your list as "client of ${absent}"; log them as usual.`,
  )
  return { blocks: [{ kind: 'text', text }] }
}

/** To whoever was to be away, where somebody above takes it back. */
export const notAwayCard = (by: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${by}收回了替您登记的请假，清单照常由您办。`,
      `${by} took back the leave registered for you; your list stays yours.`,
    ),
  )

/** To whoever is away, where somebody above entered it. */
export function enteredForCard(by: string, entered: Entered, at: Moment, language: Language): Card {
  const say = speaker(language)
  const { name } = entered.standIn
  return textCard(
    say(
      `${by}替您登记了请假：**${spanLine(entered, at, language)}**，${name} 代班，期间不给您推送；提前回来发"销假"。`,
      `${by} registered that you are away **${spanLine(entered, at, language)}**; ${name} stands in and nothing is pushed to you. Say "back" when you return early.`,
    ),
  )
}

export interface Entered extends Span {
  readonly absent: Pick<Named, 'id' | 'name' | 'code'>
  /** The name of who is away, where that is not who says so. */
  readonly other: string | null
  readonly standIn: Named
  /** What was said beside it. */
  readonly why?: string
}
