import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Button, Card } from '../../../core/card.ts'
import { textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { ERASURE_DAYS, lastDayOf } from './rules.ts'

interface Asked {
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  readonly ground: string
}

/** To whoever is above: a file is to be deleted, if they confirm. */
export function confirmCard(asked: Asked, by: string, today: Day, language: Language): Card {
  const say = speaker(language)
  const { clientName, ground } = asked
  const last = sayDay(lastDayOf(today), today, language)
  const input = { erasureId: asked.id }
  const buttons: Button[] = [
    {
      label: say('确认删除', 'Delete'),
      intent: { command: 'confirm-erasure', input },
    },
    { label: say('不同意', 'Keep'), intent: { command: 'decline-erasure', input } },
    {
      label: say('客户', 'Client'),
      intent: { command: 'client', input: { clientId: asked.clientId } },
    },
  ]
  return textCard(
    say(
      `${by} 请您确认删除客户资料：**${clientName}**\n理由：${ground}\n确认前什么都不会删；确认后任务和记录一并删除，不能恢复。${last} 前有效。`,
      `${by} asks you to confirm that the file of **${clientName}** is deleted.\nGround: ${ground}\nNothing is deleted before; then tasks and notes go with it, for good. Open until ${last}.`,
    ),
    { kind: 'buttons', buttons },
  )
}

/** To the owner: who is asked. */
export const askedCard = (names: readonly string[], language: Language): Card =>
  textCard(
    speaker(language)(
      `已请 ${names.join('、')} 确认，${ERASURE_DAYS} 天内有效；确认前资料不动。`,
      `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} asked to confirm within ${ERASURE_DAYS} days; until then the file stays.`,
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
