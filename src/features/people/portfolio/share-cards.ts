import { sayDate } from '../../../core/calendar/time.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { MyShare, Share } from './share-store.ts'

/** Until when and what for, behind the sentence that says what is shared; empty where neither was said. */
export function termsSaid(
  { until, reason }: Pick<Share, 'until' | 'reason'>,
  language: Language,
): string {
  const say = speaker(language)
  const day = until && sayDate(until, language)
  return [
    day ? say(`到 ${day} 止。`, ` Until ${day}.`) : '',
    reason ? say(`事由：${reason}。`, ` For: ${reason}.`) : '',
  ].join('')
}

/** To the colleague with whom a client is shared. `terms`: of `termsSaid`. */
export function sharedCard(
  by: string,
  client: { readonly id: string; readonly name: string },
  { backup, terms }: { readonly backup: boolean; readonly terms: string },
  language: Language,
): Card {
  const say = speaker(language)
  const text = backup
    ? say(
        `${by}请您做客户 **${client.name}** 的 B 角。`,
        `${by} asks you to back up **${client.name}**.`,
      )
    : say(
        `${by}和您共享了客户 **${client.name}**。`,
        `${by} shares the client **${client.name}** with you.`,
      )
  const intent = { command: 'client', input: { clientId: client.id } }
  return {
    blocks: [
      { kind: 'text', text: `${text}${terms}` },
      { kind: 'buttons', buttons: [{ label: say('客户', 'Client'), intent }] },
    ],
  }
}

/** To both, once a share has come to its end. */
export const shareOverCard = (client: string, other: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `客户 **${client}** 和 ${other} 的共享已到期。`,
      `The sharing of the client **${client}** with ${other} has come to its end.`,
    ),
  )

/** What I share with others, and they with me: since when, until when, what for, and what came of it. */
export function mySharesCard(shares: readonly MyShare[], language: Language): Card {
  const say = speaker(language)
  const list = (own: boolean, heading: string) => {
    const items = shares
      .filter((each) => each.own === own)
      .map((share) => ({ text: shareLine(share, language) }))
    return items.length > 0 ? [{ kind: 'list' as const, heading, items }] : []
  }
  const blocks = [
    ...list(true, say('我共享出去的', 'What I share')),
    ...list(false, say('同事共享给我的', 'What is shared with me')),
  ]
  if (blocks.length > 0) return { title: say('我的共享', 'Shared clients'), blocks }
  return textCard(
    say(
      '没有共享的客户。要共享说：共享 张三 王五 到 12月31日 因为 一起谈授信。',
      'No clients are shared. To share one say: share Zhang Lee until 12-31 because of the loan.',
    ),
  )
}

function shareLine(share: MyShare, language: Language): string {
  const say = speaker(language)
  const { client, with: other, backup, since, until, reason, loans, amount } = share
  return [
    `**${client}** · ${other}${backup ? say('（B 角）', ' (backup)') : ''}`,
    since && say(`${sayDate(since, 'zh')}起`, `since ${sayDate(since, 'en')}`),
    until
      ? say(`到 ${sayDate(until, 'zh')}`, `until ${sayDate(until, 'en')}`)
      : say('没有期限', 'without an end'),
    reason,
    loans
      ? say(
          `共享以来放款 ${loans} 笔 ${sayYuan(amount, 'zh')}`,
          `${loans} loans since, ${sayYuan(amount, 'en')}`,
        )
      : null,
  ]
    .filter(Boolean)
    .join(' · ')
}
