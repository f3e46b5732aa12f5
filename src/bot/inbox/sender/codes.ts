import { createHash } from 'node:crypto'
import { POST_WAYS } from '../../../core/gateways.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** Letters and digits of codes, none of which is taken for another; and how many a code has. */
export const CODE_LETTERS = '23456789BCDFGHJKMNPQRTVWXY'
export const CODE_LENGTH = 8

/** A binding code is good for this many hours. */
export const CODE_HOURS = 24
const HOUR_MS = 3_600_000

/** Until when a code of now is good. */
export const codeUntil = (now: Date): Date => new Date(now.getTime() + CODE_HOURS * HOUR_MS)

/** Whoever works on the server: nobody of the staff. */
export const OPERATOR = '00000000-0000-0000-0000-000000000000'

export const hashOf = (code: string): string =>
  createHash('sha256').update(code.toUpperCase()).digest('hex')

/** Puts a code on file by which this person may claim one account; earlier ones no longer count. */
export async function putCode(
  tx: Queries,
  code: string,
  { staffId, issuedBy, now }: { staffId: string; issuedBy: string; now: Date },
): Promise<void> {
  const expiresAt = codeUntil(now)
  await tx.$executeRaw`
    update enrolment_code set expires_at = ${now}::timestamptz
    where staff_id = ${staffId}::uuid and used_at is null and expires_at > ${now}::timestamptz`
  await tx.enrolmentCode.create({ data: { hash: hashOf(code), staffId, issuedBy, expiresAt } })
}

/** What stands where a code stood. */
const STRUCK = '·'.repeat(CODE_LENGTH)

/** Takes a code out of what its issuer and its person were sent, and of the event that said it; its hash stays. */
export async function strikeCode(
  tx: Queries,
  code: string,
  { staffId, issuedBy }: { readonly staffId: string; readonly issuedBy: string },
  receivedId: string,
): Promise<void> {
  await tx.$executeRaw`
    update received set says = regexp_replace(says::text, ${code}, ${STRUCK}, 'gi')::jsonb
    where id = ${receivedId}::uuid`
  await tx.$executeRaw`
    update message set card = replace(card::text, ${code.toUpperCase()}, ${STRUCK})::json
    from account
    where account.staff_id = ${issuedBy}::uuid and message.channel = account.channel
      and message.conversation = account.conversation
      and strpos(card::text, ${code.toUpperCase()}) > 0`
  await tx.$executeRaw`
    update message set card = replace(card::text, ${code.toUpperCase()}, ${STRUCK})::json
    where channel = any(${[...POST_WAYS]}::text[]) and conversation = ${staffId}
      and strpos(card::text, ${code.toUpperCase()}) > 0`
}

/** How codes stand in cards and lines, and how far back they are looked for. */
const SAID = new RegExp(`(?:绑定|bind)\\s*([${CODE_LETTERS}]{${CODE_LENGTH}})(?![A-Z0-9])`, 'gi')
const LOOK_BACK_MS = 3 * 24 * HOUR_MS
const KEPT = [
  { table: 'message', column: 'card', type: 'json', since: 'created_at' },
  { table: 'received', column: 'says', type: 'jsonb', since: 'received_at' },
] as const

/** Takes every code out of what was said lately that is good for nothing any more. */
export async function strikeDeadCodes(tx: Queries, now: Date): Promise<void> {
  for (const { table, column, type, since } of KEPT) {
    const rows = await tx.$queryRawUnsafe<{ id: string; words: string }[]>(
      `select id, ${column}::text as words from ${table}
       where ${since} > $1::timestamptz and ${column}::text ~* $2`,
      new Date(now.getTime() - LOOK_BACK_MS),
      SAID.source,
    )
    const codes = rows.flatMap(({ words }) =>
      [...words.matchAll(SAID)].map(([, code = '']) => code),
    )
    const live = await tx.enrolmentCode.findMany({
      where: { hash: { in: codes.map(hashOf) }, usedAt: null, expiresAt: { gt: now } },
    })
    const good = new Set(live.map(({ hash }) => hash))
    const dead = codes.filter((code) => !good.has(hashOf(code)))
    for (const { id, words } of rows) {
      const without = dead.reduce((text, code) => text.replaceAll(code, STRUCK), words)
      if (without === words) continue
      await tx.$executeRawUnsafe(
        `update ${table} set ${column} = $2::${type} where id = $1::uuid`,
        id,
        without,
      )
    }
  }
}
