import { createHash } from 'node:crypto'
import { type Card, say as card } from '../core/card.ts'
import type { Channel, Event } from '../core/chat.ts'
import type { Database, Queries } from '../infra/database/index.ts'
import { normalise } from './words/normalise.ts'

/** A code is good for this many days. */
export const CODE_DAYS = 7

const hashOf = (code: string): string =>
  createHash('sha256').update(code.toUpperCase()).digest('hex')

/** Puts a code on file by which this person may claim one account; earlier ones no longer count. */
export async function putCode(
  tx: Queries,
  code: string,
  staffId: string,
  issuedBy: string,
  now: Date,
): Promise<void> {
  const expiresAt = new Date(now.getTime() + CODE_DAYS * 86_400_000)
  await tx.enrolmentCode.deleteMany({ where: { staffId, usedAt: null } })
  await tx.enrolmentCode.create({ data: { hash: hashOf(code), staffId, issuedBy, expiresAt } })
}

const CLAIM = /^(?:绑定|bind)\s*([A-Za-z0-9]{6,12})$/i

/** Joins a stranger's account to the person whose code they say; null when they say none. */
export async function claimAccount(tx: Queries, event: Event, now: Date): Promise<Card | null> {
  const said = event.says.kind === 'text' ? normalise(event.says.text).match(CLAIM) : null
  if (!said?.[1]) return null
  const [claimed] = await tx.$queryRaw<{ staffId: string; name: string; language: string }[]>`
    update enrolment_code set used_at = ${now}::timestamptz
    from staff
    where hash = ${hashOf(said[1])} and used_at is null and expires_at > ${now}::timestamptz
      and staff.id = staff_id and staff.active
    returning staff_id as "staffId", staff.name, staff.language`
  if (!claimed) {
    return card(
      '这个绑定码不对、已用过或已过期，请向团队主管再要一个。\n\n' +
        'This code is wrong, used or expired; ask your team lead for another.',
    )
  }
  await join(tx, event, claimed.staffId, now)
  return card(
    claimed.language === 'zh'
      ? `${claimed.name}，您好，账号已绑定。发"今日"看任务，发"帮助"看可以说什么。`
      : `Welcome, ${claimed.name}: this account is yours now. Say "today" for your tasks, or "help".`,
  )
}

const join = (tx: Queries, event: Event, staffId: string, now: Date): Promise<unknown> =>
  tx.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    values (${event.channel}, ${event.sender}, ${staffId}::uuid,
      ${event.shared ? event.sender : event.conversation}, ${now}::timestamptz)
    on conflict (channel, external_id) do update set staff_id = excluded.staff_id`

/**
 * An account of the same service's other channel is the same person's. Where the service has
 * verified a newcomer's e-mail address, and it is that of one of the staff, the account is theirs.
 * Never by a name that people give themselves.
 */
export async function introduce(
  { prisma }: Database,
  channel: Channel,
  event: Event,
  now: Date,
): Promise<void> {
  const key = { channel: event.channel, externalId: event.sender }
  if (await prisma.account.findUnique({ where: { channel_externalId: key } })) return
  const staffId =
    (await whoseTwin(prisma, channel, event)) ?? (await whoseEmail(prisma, channel, event))
  if (staffId) await join(prisma, event, staffId, now)
}

async function whoseTwin(tx: Queries, { twin }: Channel, { sender }: Event) {
  if (!twin) return null
  const key = { channel: twin, externalId: sender }
  const account = await tx.account.findUnique({ where: { channel_externalId: key } })
  return account?.staffId ?? null
}

async function whoseEmail(tx: Queries, channel: Channel, { sender }: Event) {
  const email = await channel.emailOf?.(sender)
  if (!email) return null
  const address = { equals: email, mode: 'insensitive' } as const
  const staff = await tx.staff.findFirst({ where: { email: address, active: true } })
  return staff?.id ?? null
}
