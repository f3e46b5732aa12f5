import { type Card, textCard } from '../../../core/card.ts'
import type { Event } from '../../../core/chat.ts'
import type { PostWay } from '../../../core/gateways.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { addressesOf, enqueue } from '../../outbox/enqueue.ts'
import { post, wayTo } from '../../outbox/post.ts'
import { superiorsOf } from './superiors.ts'

/** How services are called. */
const SERVICES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  slack: { zh: 'Slack', en: 'Slack' },
  'wecom-bot': { zh: '企业微信', en: 'WeCom' },
  'wecom-app': { zh: '企业微信', en: 'WeCom' },
  wechaty: { zh: '微信', en: 'WeChat' },
}

interface Joining {
  readonly staffId: string
  /** Who issued the code; null: the service vouched for it. */
  readonly issuedBy: string | null
  /** False: the bot may not begin there, until they write to it. */
  readonly reachable?: boolean
  /** By which ways the person may be told beside their chats. */
  readonly ways: readonly PostWay[]
  readonly now: Date
}

/**
 * Joins an account to a person. Their other accounts, their lead and the issuer hear of it at once,
 * unless the account is one that they have already, in the service's other channel.
 */
export async function joinAccount(tx: Queries, event: Event, joining: Joining): Promise<void> {
  const { channel, sender } = event
  const { staffId, reachable = true, now } = joining
  const conversation = event.shared ? sender : event.conversation
  const joined = await tx.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at, reachable,
      joined_at)
    values (${channel}, ${sender}, ${staffId}::uuid, ${conversation}, ${now}::timestamptz,
      ${reachable}, ${now}::timestamptz)
    on conflict (channel, external_id) do update set staff_id = excluded.staff_id,
      joined_at = excluded.joined_at
    where account.staff_id <> excluded.staff_id`
  if (joined > 0) await announce(tx, { channel, externalId: sender }, joining)
}

/** An account, as a service names it. */
export interface Account {
  readonly channel: string
  readonly externalId: string
}

/** Tells of a new account everybody who would know that it is somebody else's. */
export async function announce(
  tx: Queries,
  account: Account,
  { staffId, issuedBy, ways, now }: Joining,
): Promise<void> {
  const { channel, externalId } = account
  const others = await tx.$queryRaw<Reader[]>`
    select account.channel, conversation, external_id as "externalId", language,
      reachable is not false as reached
    from account join staff on staff.id = staff_id
    where staff_id = ${staffId}::uuid
      and (account.channel, external_id) <> (${channel}, ${externalId})`
  if (others.some((other) => other.externalId === externalId)) return
  const superiors = await superiorsOf(tx, staffId)
  const told = [...new Set([...superiors, ...(issuedBy ? [issuedBy] : [])])]
  const addresses = await addressesOf(tx, told)
  const owner = await tx.staff.findUnique({ where: { id: staffId } })
  const sent = owner && wayTo(owner, ways)
  if (sent) {
    const card = byPostCard(account, owner.language as Language)
    await post(tx, { staffId, way: sent.way }, card, { now })
  }
  const common = { onceKey: null, replaces: null, notBefore: now }
  await enqueue(
    tx,
    [
      ...others
        .filter(({ reached }) => reached)
        .map(({ channel: where, conversation, language }) => {
          return { ...common, channel: where, conversation, card: yoursCard(account, language) }
        }),
      ...addresses.map(({ channel: where, conversation, language, staffId: reader }) => {
        const theirs = theirsCard(account, owner?.name ?? '', superiors.includes(reader), language)
        return { ...common, channel: where, conversation, card: theirs }
      }),
    ],
    now,
  )
}

interface Reader extends Account {
  readonly conversation: string
  readonly language: Language
  /** The bot may begin there. */
  readonly reached: boolean
}

function yoursCard(account: Account, language: Language): Card {
  const say = speaker(language)
  const service = SERVICES[account.channel]
  return textCard(
    say(
      `您名下新绑定了一个${service?.zh ?? ''}账号。不是您本人办的，请马上点"不是我"或说"不是我"，它立即停用。`,
      `A new ${service?.en ?? 'chat'} account is yours now. If that was not you, press or say "that was not me" at once: it ends immediately.`,
    ),
    disowning(account, say('不是我', 'That was not me')),
  )
}

/** Where nobody can press anything: says who can end it. */
function byPostCard(account: Account, language: Language): Card {
  const say = speaker(language)
  const service = SERVICES[account.channel]
  return {
    title: say('新的聊天账号', 'A new chat account'),
    ...textCard(
      say(
        `您名下新绑定了一个${service?.zh ?? '聊天'}账号。不是您本人办的，请马上从您原来的账号对机器人说"不是我"，它立即停用；没有别的账号，请马上告诉上级，上级可以停用。`,
        `A new ${service?.en ?? 'chat'} account is yours now. If that was not you, say "that was not me" to the bot at once from an account of before: it ends immediately. Without one, tell whoever is above you, who can end it.`,
      ),
    ),
  }
}

function theirsCard(account: Account, name: string, chief: boolean, language: Language): Card {
  const say = speaker(language)
  const service = SERVICES[account.channel]
  const text = say(
    `${name} 名下新绑定了一个${service?.zh ?? ''}账号。请和本人核对${chief ? '；不是本人的，点下面停用' : ''}。`,
    `A new ${service?.en ?? 'chat'} account is ${name}'s now. Please ask them whether it was them${chief ? '; if not, end it below' : ''}.`,
  )
  return chief ? textCard(text, disowning(account, say('不是本人', 'Not theirs'))) : textCard(text)
}

const disowning = (account: Account, label: string) => ({
  kind: 'buttons' as const,
  buttons: [{ label, intent: { command: 'not-me', input: account } }],
})
