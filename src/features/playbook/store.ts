import type { Day } from '../../core/calendar/time.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import type { Queries } from '../../infra/database/index.ts'
import { inForce, install } from '../editions/store.ts'
import type { Playbook } from './rules.ts'
import { playbookSchema } from './schema.ts'
import { SHIPPED_PLAYBOOK } from './shipped-playbook.ts'

/** What was read of published versions, which are never edited, by the hash of what they say. */
const readOnce = new Map<string, Playbook>()

async function playbookFor(tx: Queries, today: Day): Promise<Playbook> {
  const { version, effectiveFrom, body, hash } = await inForce(tx, 'playbook', today)
  const key = `${version} ${effectiveFrom} ${hash}`
  const known = readOnce.get(key)
  if (known) return known
  const playbook = playbookSchema.parse({ ...(body as object), version, effectiveFrom })
  readOnce.set(key, playbook)
  return playbook
}

/** The playbook in force on a day. */
export const playbookOn = batchPerTransaction(async (tx, days: readonly Day[]) => {
  const found = new Map<Day, Playbook>()
  for (const day of new Set(days)) found.set(day, await playbookFor(tx, day))
  return days.map((day) => found.get(day) as Playbook)
})

/** Puts the shipped playbook on file where the bank has none yet. */
export async function installPlaybook(tx: Queries): Promise<void> {
  const { version: _, effectiveFrom, ...body } = SHIPPED_PLAYBOOK
  await install(tx, 'playbook', body, effectiveFrom)
}
