import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { mask } from '../../clients/identity/rules.ts'
import { type UnknownFacility, unknownFacilities } from './store.ts'

/**
 * Whoever confirmed a facility that the core system does not know, and the client's manager, are asked,
 * once for each.
 */
export async function askAboutUnknown(tx: Queries, day: Day, now: Date): Promise<void> {
  const asked = (await unknownFacilities(tx, day)).flatMap((facility) =>
    [...new Set([facility.confirmedBy, facility.ownerId])].flatMap((staffId) =>
      staffId ? [{ facility, staffId }] : [],
    ),
  )
  const addresses = new Map(
    (
      await addressesOf(
        tx,
        asked.map(({ staffId }) => staffId),
      )
    ).map((each) => [each.staffId, each]),
  )
  const letters = asked.flatMap(({ facility, staffId }) => {
    const address = addresses.get(staffId)
    if (!address) return []
    const { channel, conversation, language } = address
    const onceKey = `facility-unknown:${facility.id}:${staffId}`
    const card = unknownCard(facility, language)
    return [{ channel, conversation, card, onceKey, replaces: null, notBefore: now }]
  })
  await enqueue(tx, letters, now)
}

function unknownCard({ clientName, account }: UnknownFacility, language: Language) {
  const number = account ? mask(account) : '—'
  return textCard(
    speaker(language)(
      `核心系统里没有 **${clientName}** 的这笔放款（${number}）。请核对账号；确认有误的，请联系科技部门更正。`,
      `The core system knows no loan of **${clientName}** (${number}). Please check the account; what was confirmed by mistake IT corrects.`,
    ),
  )
}
