import type { Context } from '../../../bot/command.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import type { Card } from '../../../core/card.ts'
import type { Language } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { banMarketing, liftMarketingBan } from '../../tasks/contact/marketing-ban.ts'
import { makeDue } from '../../tasks/plan-task.ts'
import type { Verdict } from './cards.ts'
import { resultCard } from './message-cards.ts'
import type { PendingMove } from './rules.ts'

/** What the rhythm of the new tier makes due comes at once; F ends marketing, and out of F it begins. */
async function followTiers(
  tx: Queries,
  moves: readonly PendingMove[],
  { at, actId }: Pick<Context, 'at' | 'actId'>,
): Promise<void> {
  const idsOf = (some: readonly PendingMove[]) => some.map(({ clientId }) => clientId)
  await banMarketing(tx, idsOf(moves.filter(({ to }) => to === 'F')), at.now)
  await liftMarketingBan(tx, idsOf(moves.filter(({ from }) => from === 'F')), at.today)
  await makeDue(tx, idsOf(moves), actId, at)
}

/** What follows a decision: the tasks of the clients, and one message to each manager concerned. */
export async function announce(
  tx: Queries,
  moves: readonly PendingMove[],
  verdict: Verdict,
  { who, at, actId }: Pick<Context, 'who' | 'at' | 'actId'>,
): Promise<void> {
  if (verdict.approved) await followTiers(tx, moves, { at, actId })
  const compose = (own: readonly PendingMove[], language: Language) =>
    resultCard(own, verdict, who.name, language)
  await tellOwners(tx, moves, compose, at.now)
}

/** One message to each manager about the moves of their clients. */
export async function tellOwners(
  tx: Queries,
  moves: readonly PendingMove[],
  compose: (own: readonly PendingMove[], language: Language) => Card,
  now: Date,
): Promise<void> {
  const byOwner = Map.groupBy(moves, ({ ownerId }) => ownerId)
  const addresses = await addressesOf(tx, [...byOwner.keys()])
  const letters = addresses.map(({ staffId, channel, conversation, language }) => ({
    channel,
    conversation,
    card: compose(byOwner.get(staffId) ?? [], language),
    onceKey: null,
    replaces: null,
    notBefore: now,
  }))
  await enqueue(tx, letters, now)
}
