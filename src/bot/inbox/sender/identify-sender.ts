import { type Card, textCard } from '../../../core/card.ts'
import type { Channel, Event } from '../../../core/chat.ts'
import type { PostWay } from '../../../core/gateways.ts'
import type { Language } from '../../../core/text.ts'
import type { Database, Queries } from '../../../infra/database/index.ts'
import { normalise } from '../../grammar/normalise.ts'
import { tell } from '../../outbox/enqueue.ts'
import type { BankSetting } from '../../services.ts'
import type { Turn } from '../begin-batch.ts'
import { hashOf, strikeCode } from './codes.ts'
import { minutesBarred, noteGuess } from './guesses.ts'
import { joinAccount } from './new-account.ts'

const CLAIM = /^(?:绑定|bind)\s*([A-Za-z0-9]{6,12})$/i

/** Sentences for people of whom nobody knows yet which language they read. */
const WRONG = textCard(
  '这个绑定码不对、已用过或已过期，请向团队主管再要一个。\n\n' +
    'This code is wrong, used or expired; ask your team lead for another.',
)
const IN_ROOM = textCard(
  '绑定码不能在群里说，别人看得见，所以没有绑定，这个码也已作废。请让团队主管再发一个，在和我的单独对话里说。\n\n' +
    'A code must not be said where others read it: nothing was joined, and the code is void. Ask your team lead for another, and say it in your direct chat with me.',
)
const barred = (minutes: number): Card =>
  textCard(
    `绑定码错得太多，请过 ${minutes} 分钟再试。\n\n` +
      `Too many wrong codes. Please try again in ${minutes} minutes.`,
  )
const KNOWN = textCard(
  '这个账号已经登记，不用再绑定。要绑定同事的账号，请同事用自己的账号说。\n\n' +
    'This account is enrolled already. A colleague says the code from their own account.',
)

interface Claimed {
  readonly staffId: string
  readonly issuedBy: string
  readonly name: string
  readonly language: Language
}

/** Joins a stranger's account to the person whose code they say; null when nobody says one. */
export async function claimAccount(
  tx: Queries,
  { queued, who }: Turn,
  bank: BankSetting,
  now: Date,
): Promise<Card | null> {
  const { event } = queued
  const [, code] = (event.says.kind === 'text' && normalise(event.says.text).match(CLAIM)) || []
  if (!code) return null
  if (event.shared) {
    await voidCode(tx, code, queued.id, now)
    return IN_ROOM
  }
  if (who) return KNOWN
  const sender = bank.keyedHash(`${event.channel}\n${event.sender}`)
  const minutes = await minutesBarred(tx, sender, now)
  if (minutes > 0) return barred(minutes)
  // Not by another account of whoever issued it, in the service's other channel.
  const [claimed] = await tx.$queryRaw<Claimed[]>`
    update enrolment_code set used_at = ${now}::timestamptz
    from staff
    where hash = ${hashOf(code)} and used_at is null and expires_at > ${now}::timestamptz
      and staff.id = staff_id and staff.active and not exists (
        select from account where account.staff_id = issued_by and external_id = ${event.sender})
    returning staff_id as "staffId", issued_by as "issuedBy", staff.name, staff.language`
  if (!claimed) {
    await noteGuess(tx, sender, now)
    return WRONG
  }
  const { staffId, issuedBy } = claimed
  await strikeCode(tx, code, claimed, queued.id)
  await joinAccount(tx, event, { staffId, issuedBy, ways: bank.post, now })
  return textCard(
    claimed.language === 'zh'
      ? `${claimed.name}，您好，账号已绑定。发"今日"看任务，发"帮助"看可以说什么。`
      : `Welcome, ${claimed.name}: this account is yours now. Say "today" for your tasks, or "help".`,
  )
}

/** A code that others read is good for nothing any more, and its issuer hears why. */
async function voidCode(tx: Queries, code: string, receivedId: string, now: Date): Promise<void> {
  const [dead] = await tx.$queryRaw<
    { staffId: string; issuedBy: string; code: string; name: string }[]
  >`
    update enrolment_code set expires_at = ${now}::timestamptz
    from staff
    where hash = ${hashOf(code)} and used_at is null and expires_at > ${now}::timestamptz
      and staff.id = staff_id
    returning staff_id as "staffId", issued_by as "issuedBy", staff.code, staff.name`
  if (!dead) return
  await strikeCode(tx, code, dead, receivedId)
  const { name } = dead
  await tell(
    tx,
    dead.issuedBy,
    (language) =>
      textCard(
        language === 'zh'
          ? `${name} 的绑定码被人在群里说出，已作废，没有绑定任何账号。请重新发"开通 ${dead.code}"，并提醒在单独对话里说。`
          : `The code of ${name} was said in a group: it is void, and no account was joined. Say "enrol ${dead.code}" again; the new one is to be said in a direct chat.`,
      ),
    now,
  )
}

/**
 * An account of the same service's other channel is the same person's. Where the service has
 * verified a newcomer's e-mail address, and it is that of one of the staff, the account is theirs.
 * Never by a name that people give themselves, nor where that person said it is not theirs.
 */
export async function introduce(
  database: Database,
  channel: Channel,
  event: Event,
  { ways, now }: { readonly ways: readonly PostWay[]; readonly now: Date },
): Promise<void> {
  const { prisma } = database
  const key = { channel: event.channel, externalId: event.sender }
  if (await prisma.account.findUnique({ where: { channel_externalId: key } })) return
  const twin = await whoseTwin(prisma, channel, event)
  const staffId = twin ?? (await whoseEmail(prisma, channel, event))
  if (!staffId || (await prisma.disownedAccount.findFirst({ where: { ...key, staffId } }))) return
  // Somebody seen in a room only may not have opened a conversation with the bot.
  const reachable = !event.shared || (channel.whispers ?? false)
  const joining = { staffId, issuedBy: null, reachable, ways, now }
  await database.transaction((tx) => joinAccount(tx, event, joining))
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
