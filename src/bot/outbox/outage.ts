import { z } from 'zod'
import type { Queries } from '../../infra/database/index.ts'

/** A channel that is away: since when, and why. */
export interface Outage {
  readonly channel: string
  /** `start`: it could not connect. `send`: nothing goes out. */
  readonly of: 'start' | 'send'
  readonly since: Date
  readonly why: string
}

const KEY = 'outage:'
const keyOf = (channel: string, of: Outage['of']): string => `${KEY}${of}:${channel}`
const kept = z.object({ since: z.iso.datetime(), why: z.string() })
const MAX_WHY_LENGTH = 300

/** Writes down that a channel is away, so that `doctor` can say so. */
export async function noteOutage(tx: Queries, { channel, of, since, why }: Outage): Promise<void> {
  const key = keyOf(channel, of)
  const value = { since: since.toISOString(), why: why.slice(0, MAX_WHY_LENGTH) }
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}

/** The channel is there again. */
export async function endOutage(tx: Queries, channel: string, of: Outage['of']): Promise<void> {
  await tx.setting.deleteMany({ where: { key: keyOf(channel, of) } })
}

export async function outages(tx: Queries): Promise<Outage[]> {
  const rows = await tx.setting.findMany({ where: { key: { startsWith: KEY } } })
  return rows.flatMap(({ key, value }) => {
    const [, of, ...channel] = key.split(':')
    const outage = kept.safeParse(value)
    if (!outage.success || (of !== 'start' && of !== 'send')) return []
    const { since, why } = outage.data
    return [{ channel: channel.join(':'), of, since: new Date(since), why }]
  })
}
