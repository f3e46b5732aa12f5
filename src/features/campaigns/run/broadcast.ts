import type { Moment } from '../../../bot/moment.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import type { Card } from '../../../core/card.ts'
import type { Language } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { drawTrial, type Member, membersAfter } from '../audience/store.ts'
import { startCard } from '../cards.ts'
import type { Campaign } from '../rules.ts'
import { setStatus } from '../store.ts'

/** People composed for at once; memory stays the same however many there are, and small. */
const BATCH = 50

/** Runs one batch: in a transaction of its own (a job), or in the one that is open (a command). */
export type InBatch = <T>(work: (tx: Queries) => Promise<T>) => Promise<T>

/**
 * Queues one card for each of the audience, once for each `key`; resolves to how many were new. A
 * run that was cut short goes on where it stopped.
 */
export async function broadcast(
  inBatch: InBatch,
  campaign: Campaign,
  key: string,
  compose: (
    members: readonly Member[],
    tx: Queries,
  ) => Promise<(member: Member, language: Language) => Card>,
  at: Moment,
): Promise<number> {
  let queued = 0
  for (let after = ''; ; ) {
    const { last, count } = await inBatch(async (tx) => {
      const members = await membersAfter(tx, campaign, after, BATCH, at)
      const cardOf = await compose(members, tx)
      const byId = new Map(members.map((member) => [member.staffId, member]))
      const letters = (await addressesOf(tx, [...byId.keys()])).flatMap((address) => {
        const member = byId.get(address.staffId)
        if (!member) return []
        const { channel, conversation } = address
        const card = cardOf(member, address.language)
        const onceKey = `campaign:${campaign.id}:${key}:${address.staffId}`
        return [{ channel, conversation, card, onceKey, replaces: null, notBefore: at.now }]
      })
      return { last: members.at(-1)?.code, count: await enqueue(tx, letters, at.now) }
    })
    queued += count
    if (last === undefined) return queued
    after = last
  }
}

/** Starts a campaign: who is held out is drawn, and everybody of the audience gets the talking points and their first clients. */
export async function start(inBatch: InBatch, campaign: Campaign, at: Moment): Promise<number> {
  await inBatch((tx) => drawTrial(tx, campaign, at))
  const queued = await broadcast(
    inBatch,
    campaign,
    'start',
    async () => (member, language) => startCard(campaign, member, at, language),
    at,
  )
  await inBatch((tx) => setStatus(tx, campaign.id, 'running'))
  return queued
}
