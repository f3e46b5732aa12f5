import type { Context } from '../../../bot/command.ts'
import { momentIn } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import type { Language } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { alikeOf } from '../../clients/identity/alike-store.ts'
import { findByPhone, insertProspect } from '../../clients/store.ts'
import { comeBack } from '../../risk/erased-store.ts'
import { openPlanned, planTask } from '../../tasks/plan-task.ts'
import { type Link, managerForNewcomer, reviewersFor } from '../store.ts'
import { arrivalCard, heldCard, referrerCard, repeatCard, reviewCard } from './cards.ts'
import { suspicions } from './rules.ts'
import {
  acceptEntry,
  cameBefore,
  creditedFor,
  type Entry,
  holdEntry,
  neighboursOf,
  repeatEntry,
} from './store.ts'

/** Says something to somebody in their language, with the transaction. */
type Tell = (staffId: string, compose: (language: Language) => Card) => Promise<void>

/**
 * Looks at an entry for the first time: somebody who came by this link before is noted, what is
 * suspicious waits for a reviewer, everybody else is taken in.
 */
export async function look(
  tx: Queries,
  services: Services,
  entry: Entry,
  link: Link,
): Promise<void> {
  const tell: Tell = (staffId, compose) => services.tell(tx, staffId, compose)
  const known = await findByPhone(tx, entry.phone)
  const before = await cameBefore(tx, entry, known?.id ?? null)
  if (before) {
    await repeatEntry(tx, entry.id, known?.id ?? null)
    if (known && entry.need && entry.need !== before.need) {
      await tell(known.ownerId, (language) => repeatCard(known, entry, language))
    }
    return
  }
  const { referrerPhone: phone, clientId, staffId } = link
  const evidence = [
    ...entry.evidence,
    ...suspicions({
      phone: entry.phone,
      referrer: { phone, clientId, staffId },
      known,
      ...(await neighboursOf(tx, entry)),
    }),
  ]
  if (evidence.length === 0) {
    await takeIn(tx, entry, link, true, tell, null, {
      at: services.moment(),
      bank: services.bank,
      clientEntered: services.clientEntered,
    })
    return
  }
  const managerId = known?.ownerId ?? (await managerFor(tx, link, services.moment().today))
  await holdEntry(tx, entry.id, evidence, managerId)
  const reviewers = await reviewersFor(tx, link.unitPath)
  for (const reviewer of reviewers) {
    await tell(reviewer, (language) => reviewCard({ ...entry, evidence }, link, language))
  }
  if (reviewers.includes(managerId)) return
  await tell(managerId, (language) => heldCard(entry.name, link, managerId, language))
}

/**
 * Takes somebody in: whoever is new becomes a prospect, a task falls due, and manager and referrer
 * hear of it. With `credited` the referrer has the credit, unless another one has it already.
 */
export async function takeIn(
  tx: Queries,
  entry: Entry,
  link: Link,
  credited: boolean,
  tell: Tell,
  actId: string | null,
  entering: Pick<Context, 'at' | 'bank' | 'clientEntered'>,
): Promise<void> {
  const { at, bank } = entering
  await comeBack(tx, bank.keyedHash, { kind: 'phone', value: entry.phone })
  const ownerId = await managerFor(tx, link, at.today, entry.managerId)
  const newcomer = { name: entry.name, businessName: entry.business }
  // A visitor is not asked; whose they become is.
  const alike = (await alikeOf(tx, newcomer, ownerId)).filter((each) => each.ownerId === ownerId)
  const fresh = await insertProspect(
    tx,
    { ...newcomer, phone: entry.phone, source: 'referral', ownerId, actId: null },
    entering,
  )
  const client = await findByPhone(tx, entry.phone)
  if (!client) throw new Error('the client that was just entered is not there')
  const first = credited ? await creditedFor(tx, entry, client.id) : null
  const credit = !credited ? 'none' : first ? 'later' : 'first'
  const returning = fresh === null
  await acceptEntry(tx, entry.id, {
    clientId: client.id,
    credit,
    creditedId: first?.id ?? null,
    returning,
  })
  const task = await planTask(tx, client, { reason: 'referral' }, momentIn(at, link.unitPath))
  if (task) {
    const details = { product: null, amount: null, note: entry.need }
    const planned = { ...task, ...details, managerId: client.ownerId, clientId: client.id }
    await openPlanned(tx, planned, actId, at)
  }
  const like = returning ? null : (alike[0] ?? null)
  const arrival = { entry, link, client, returning, like, firstOn: first?.enteredAt ?? null }
  await tell(client.ownerId, (language) => arrivalCard(arrival, at, language))
  if (link.staffId === client.ownerId) return
  await tell(link.staffId, (language) => referrerCard(link, credit, language))
}

/**
 * Whose a newcomer is: who was told that one waits, if they still are a manager; the recommending
 * manager's, if they work here; else somebody's who is here and hears of it.
 */
async function managerFor(
  tx: Queries,
  link: Link,
  today: Day,
  told: string | null = null,
): Promise<string> {
  const waits =
    told &&
    (await tx.staff.findFirst({
      where: { id: told, active: true, role: 'manager' },
      select: { id: true },
    }))
  if (waits) return waits.id
  if (link.staffActive && link.staffRole === 'manager') return link.staffId
  return (await managerForNewcomer(tx, link.unitPath, today)) ?? link.staffId
}
