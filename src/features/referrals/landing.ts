import { z } from 'zod'
import type { House } from '../../bot/feature.ts'
import { readPhone } from '../../bot/words/phone.ts'
import type { Card } from '../../core/card.ts'
import { type Language, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { findByPhone, insertProspect } from '../clients/public.ts'
import { openPlanned, planTask } from '../tasks/public.ts'
import { retier } from '../tiers/public.ts'
import { CONSENT } from './rules.ts'
import { insertEntry, type Link, leastLoadedManager } from './store.ts'

/** What a visitor sends; each fault's message is a word that the page has a sentence for. */
export const visitorSchema = z.object({
  name: z.string().trim().min(1, 'name').max(40, 'name'),
  phone: z.string().transform((typed, context) => {
    const phone = readPhone(typed)
    if (phone) return phone
    context.addIssue('phone')
    return z.NEVER
  }),
  business: z.string().trim().max(60, 'business').default(''),
  need: z.string().trim().max(200, 'need').default(''),
  consent: z.literal('yes', 'consent'),
})
export type Visitor = z.infer<typeof visitorSchema>

/**
 * A visitor left their details: whoever is new becomes a prospect with the referrer's manager, a
 * task falls due, and manager and referrer hear of it at once. Sending twice changes nothing.
 */
export async function takeEntry(house: House, link: Link, visitor: Visitor): Promise<void> {
  await house.database.transaction(async (tx) => {
    const at = house.moment()
    const managerId =
      link.clientId !== null || link.staffRole === 'manager'
        ? link.staffId
        : ((await leastLoadedManager(tx, link.unitPath)) ?? link.staffId)
    const fresh = await insertProspect(
      tx,
      {
        name: visitor.name,
        phone: visitor.phone,
        businessName: visitor.business || null,
        source: 'referral',
        ownerId: managerId,
        actId: null,
      },
      at.now,
    )
    if (fresh) await retier(tx, [fresh], at.today)
    const client = await findByPhone(tx, visitor.phone)
    if (!client) return
    const entered = await insertEntry(
      tx,
      {
        linkId: link.id,
        clientId: client.id,
        returning: fresh === null,
        need: visitor.need || null,
        consentVersion: CONSENT.version,
      },
      at.now,
    )
    if (!entered) return
    const task = await planTask(tx, client, { reason: 'referral' }, at)
    if (task) {
      const details = { product: null, amount: null, note: visitor.need || null }
      const planned = { ...task, ...details, managerId: client.ownerId, clientId: client.id }
      await openPlanned(tx, planned, null, at)
    }
    await tellPeople(tx, house, link, client, visitor)
  })
  house.wake()
}

async function tellPeople(
  tx: Queries,
  house: House,
  link: Link,
  client: { readonly id: string; readonly ownerId: string },
  visitor: Visitor,
): Promise<void> {
  await house.tell(tx, client.ownerId, (language) =>
    arrivalCard(link.referrerName, client.id, visitor, language),
  )
  if (!link.referrerIsStaff || link.staffId === client.ownerId) return
  await house.tell(tx, link.staffId, (language) => ({
    blocks: [
      {
        kind: 'text',
        text: speaker(language)(
          '有人通过您的转介码留下了联系方式，已交给客户经理跟进。谢谢。',
          'Somebody left their details by your referral code; a client manager follows up. Thank you.',
        ),
      },
    ],
  }))
}

/** To the manager: somebody came, call them. */
function arrivalCard(
  referrer: string,
  clientId: string,
  visitor: Visitor,
  language: Language,
): Card {
  const say = speaker(language)
  const who = [`**${visitor.name}**`, visitor.business].filter(Boolean).join(' · ')
  const need = visitor.need ? say(`，需要"${visitor.need}"`, `; needs "${visitor.need}"`) : ''
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `${referrer}转介：${who} 刚留下联系方式${need}。已排进您的任务，越早联系越好。`,
          `Recommended by ${referrer}: ${who} just left their details${need}. It is on your list; call soon.`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('客户', 'Client'),
            style: 'primary',
            intent: { command: 'client', input: { clientId } },
          },
          { label: say('今日', 'Today'), intent: { command: 'today', input: {} } },
        ],
      },
    ],
  }
}
