import { createHash, randomBytes } from 'node:crypto'
import type { Queries } from '../../../infra/database/index.ts'
import type { Feed } from '../rules.ts'

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Makes a token that lets its bearer send this feed and do nothing else; it is shown once. */
export async function makeToken(tx: Queries, feed: Feed, now: Date): Promise<string> {
  const token = `feed-${feed}-${randomBytes(24).toString('base64url')}`
  await tx.$executeRaw`
    insert into feed_token (hash, feed, made_at) values (${hashOf(token)}, ${feed}, ${now}::timestamptz)`
  return token
}

/** Ends all tokens of a feed; resolves to how many were in use. */
export const endTokens = (tx: Queries, feed: Feed, now: Date): Promise<number> => tx.$executeRaw`
  update feed_token set ended_at = ${now}::timestamptz where feed = ${feed} and ended_at is null`

/** Whether a token may send this feed. */
export async function mayFeed(tx: Queries, token: string, feed: Feed): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from feed_token where hash = ${hashOf(token)} and feed = ${feed} and ended_at is null`
  return rows.length > 0
}
