import { sayPhone } from '../../../bot/grammar/phone.ts'
import { sayDate } from '../../../core/calendar/time.ts'
import { type Block, type Card, textCard } from '../../../core/card.ts'
import { sayYuan } from '../../../core/money.ts'
import type { Role } from '../../../core/staff.ts'
import { counted, type Language, speaker } from '../../../core/text.ts'
import type { MyShare } from './my-shares-store.ts'
import type { Share } from './share-store.ts'

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

interface Told {
  readonly backup: boolean
  /** Of `termsSaid`. */
  readonly terms: string
  /** To the officers of a department. */
  readonly toLine: boolean
}

/** To the colleague or the officers with whom a client is shared. */
export function sharedCard(
  by: string,
  client: { readonly id: string; readonly name: string },
  { backup, terms, toLine }: Told,
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
  const button = toLine
    ? { label: say('我的共享', 'Shared clients'), intent: { command: 'my-shares', input: {} } }
    : {
        label: say('客户', 'Client'),
        intent: { command: 'client', input: { clientId: client.id } },
      }
  return {
    blocks: [
      { kind: 'text', text: `${text}${terms}` },
      { kind: 'buttons', buttons: [button] },
    ],
  }
}

/** To whoever no longer has a share that was taken back. */
export const takenBackCard = (by: string, client: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `${by}收回了客户 **${client}** 的共享。`,
      `${by} no longer shares the client **${client}** with you.`,
    ),
  )

/** To both, once a share has come to its end. */
export const shareOverCard = (client: string, other: string, language: Language): Card =>
  textCard(
    speaker(language)(
      `客户 **${client}** 和 ${other} 的共享已到期。`,
      `The sharing of the client **${client}** with ${other} has come to its end.`,
    ),
  )

/** What I share with others, and they with me: since when, until when, what for, and what came of it. */
export function mySharesCard(
  shares: readonly MyShare[],
  { language, role }: { readonly language: Language; readonly role: Role },
  inRoom: boolean,
): Card {
  const say = speaker(language)
  // Officers have no card of a client: what they need to reach it stands in the line.
  const reach = (share: MyShare) =>
    role === 'line'
      ? [share.businessName, share.phone && sayPhone(share.phone, inRoom)].filter(Boolean)
      : []
  const list = (own: boolean, heading: string) => {
    const items = shares
      .filter((each) => each.own === own)
      .map((share) => ({ text: [shareLine(share, language), ...reach(share)].join(' · ') }))
    return items.length > 0 ? [{ kind: 'list' as const, heading, items }] : []
  }
  const all = broughtBy(shares)
  const blocks: Block[] = [
    ...list(true, say('我共享出去的', 'What I share')),
    ...list(false, say('同事共享给我的', 'What is shared with me')),
    ...(all.loans > 0
      ? [
          {
            kind: 'text' as const,
            text: say(
              `合计 ${all.clients} 位客户，共享以来放款 ${all.loans} 笔 ${sayYuan(all.amount, 'zh')}；双方都算，合计里每位客户只算一次。`,
              `In all ${counted(all.clients, 'client')}, ${counted(all.loans, 'loan')} since, ${sayYuan(all.amount, 'en')}: both sides count them, the sum counts each client once.`,
            ),
          },
        ]
      : []),
  ]
  if (blocks.length > 0) return { title: say('我的共享', 'Shared clients'), blocks }
  return textCard(
    say(
      '没有共享的客户。要共享说：共享 张三 王五 到 12月31日 因为 一起谈授信。',
      'No clients are shared. To share one say: share Zhang Lee until 12-31 because of the loan.',
    ),
  )
}

/** What came of shared clients, each counted once though several share it: since it was shared first. */
export function broughtBy(shares: readonly Pick<MyShare, 'clientId' | 'loans' | 'amount'>[]) {
  const clients = [...Map.groupBy(shares, ({ clientId }) => clientId).values()]
  const sum = (of: (share: Pick<MyShare, 'loans' | 'amount'>) => number) =>
    clients.reduce((all, client) => all + Math.max(...client.map(of)), 0)
  return {
    clients: clients.length,
    loans: sum(({ loans }) => loans ?? 0),
    amount: sum(({ amount }) => amount),
  }
}

function shareLine(share: MyShare, language: Language): string {
  const say = speaker(language)
  const { client, with: other, backup, since, until, reason, loans, amount, needs } = share
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
    needs > 0 &&
      say(`部门办结需求 ${needs} 件`, `${counted(needs, 'need')} done by the department`),
  ]
    .filter(Boolean)
    .join(' · ')
}
