import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Button, Card } from '../../../core/card.ts'
import { textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { BLOCKED_YEARS, ERASURE_DAYS, lastDayOf } from './rules.ts'

interface Asked {
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  readonly ground: string
}

/** To whoever is above: a file is to be deleted, or blocked where the law has it kept, if they confirm. */
export function confirmCard(
  asked: Asked,
  blocks: boolean,
  by: string,
  today: Day,
  language: Language,
): Card {
  const say = speaker(language)
  const { clientName, ground } = asked
  const last = sayDay(lastDayOf(today), today, language)
  const input = { erasureId: asked.id }
  const buttons: Button[] = [
    {
      label: blocks ? say('确认封存', 'Block') : say('确认删除', 'Delete'),
      intent: { command: 'confirm-erasure', input },
    },
    { label: say('不同意', 'Keep'), intent: { command: 'decline-erasure', input } },
    {
      label: say('客户', 'Client'),
      intent: { command: 'client', input: { clientId: asked.clientId } },
    },
  ]
  const text = blocks
    ? say(
        `${by} 请您确认封存客户资料：**${clientName}**\n理由：${ground}\n客户要求删除，但办过业务的资料要依法保存。确认后不再营销、任务取消，业务结束满 ${BLOCKED_YEARS} 年自动删除。${last} 前有效。`,
        `${by} asks you to confirm that the file of **${clientName}** is blocked.\nGround: ${ground}\nThe client wants it deleted, but the law has it kept. Then nobody markets to them and their tasks end; it is deleted ${BLOCKED_YEARS} years after the end of their business. Open until ${last}.`,
      )
    : say(
        `${by} 请您确认删除客户资料：**${clientName}**\n理由：${ground}\n确认前什么都不会删；确认后任务和记录一并删除，不能恢复。${last} 前有效。`,
        `${by} asks you to confirm that the file of **${clientName}** is deleted.\nGround: ${ground}\nNothing is deleted before; then tasks and notes go with it, for good. Open until ${last}.`,
      )
  return textCard(text, { kind: 'buttons', buttons })
}

/** To the owner: who is asked. */
export const askedCard = (names: readonly string[], blocks: boolean, language: Language): Card => {
  const say = speaker(language)
  return textCard(
    [
      say(
        `已请 ${names.join('、')} 确认，${ERASURE_DAYS} 天内有效；确认前资料不动。`,
        `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} asked to confirm within ${ERASURE_DAYS} days; until then the file stays.`,
      ),
      blocks &&
        say(
          `办过业务的资料要依法保存，不能马上删除：确认后封存，不再营销，业务结束满 ${BLOCKED_YEARS} 年自动删除。请这样答复客户。`,
          `The law has the file kept, so it cannot go at once: once confirmed it is blocked, nobody markets to them, and it goes ${BLOCKED_YEARS} years after the end of their business. Please tell the client so.`,
        ),
    ]
      .filter(Boolean)
      .join('\n'),
  )
}

/** To the owner, once the file is blocked. */
export const blockedCard = (by: string, clientName: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${by} 已确认，**${clientName}** 的资料已封存：不再营销，任务已取消，业务结束满 ${BLOCKED_YEARS} 年自动删除。`,
      `${by} confirmed: the file of **${clientName}** is blocked. Nobody markets to them, their tasks ended, and it goes ${BLOCKED_YEARS} years after the end of their business.`,
    ),
  )

/** To the owner, once a blocked file is gone: without the name. */
export const termOverCard = (askedOn: Day, today: Day, language: Language): Card =>
  textCard(
    speaker(language)(
      `${sayDay(askedOn, today, 'zh')} 要求删除的一份封存资料，法定保存期已满，已删除。`,
      `A file that was to be deleted since ${sayDay(askedOn, today, 'en')} and was blocked is gone: its term by law is over.`,
    ),
  )

/** To the owner, once the file is gone: without the name. */
export const erasedCard = (by: string, askedOn: Day, today: Day, language: Language): Card =>
  textCard(
    speaker(language)(
      `${by} 已确认，您 ${sayDay(askedOn, today, 'zh')} 提出的客户资料已删除。`,
      `${by} confirmed: the file that you asked on ${sayDay(askedOn, today, 'en')} to delete is gone.`,
    ),
  )

export const declinedCard = (by: string, clientName: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${by} 不同意删除 **${clientName}** 的资料，请和他商量怎么答复客户；需要时可以重新提出。`,
      `${by} did not agree to delete the file of **${clientName}**; please talk about what to tell the client. You may ask again.`,
    ),
  )

/** To the owner of now, where it was another one who asked. */
export function askAnewCard(asked: Asked, by: string, language: Language): Card {
  const say = speaker(language)
  const { clientId, clientName, ground } = asked
  return textCard(
    say(
      `**${clientName}** 现在归您，此前 ${by} 转达过：客户要求删除资料（${ground}）。请核实后重新提出。`,
      `**${clientName}** is yours now; before, ${by} passed on that the client wants the file deleted (${ground}). Please check, and ask anew.`,
    ),
    {
      kind: 'buttons',
      buttons: [
        {
          label: say('重新提出', 'Ask anew'),
          intent: { command: 'erase', input: { clientId, ground } },
        },
        { label: say('客户', 'Client'), intent: { command: 'client', input: { clientId } } },
      ],
    },
  )
}

/** To the owner: nobody confirmed in time. */
export const lapsedCard = (clientName: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `删除 **${clientName}** 资料的请求 ${ERASURE_DAYS} 天内没有确认，已失效。客户仍要求删除就重新提出，并请主管尽快处理。`,
      `Nobody confirmed within ${ERASURE_DAYS} days that the file of **${clientName}** is deleted. If the client still wants it, ask anew and see to it with your lead.`,
    ),
  )
