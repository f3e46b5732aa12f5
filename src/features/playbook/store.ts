import { type Followed, followed } from '../../bot/followed.ts'
import { type Day, day } from '../../core/calendar/time.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Edition } from '../editions/rules.ts'
import { inForce, inForceFrom, install } from '../editions/store.ts'
import { type DatedKinds, kindsOf } from './outcome-rules.ts'
import type { Playbook } from './rules.ts'
import { playbookSchema } from './schema.ts'
import { SHIPPED_PLAYBOOK } from './shipped-playbook.ts'

/** What was read of published versions, which are never edited, by the hash of what they say. */
const readOnce = new Map<string, Playbook>()

async function playbookFor(tx: Queries, today: Day): Promise<Playbook> {
  return readEdition(await inForce(tx, 'playbook', today))
}

function readEdition({ version, effectiveFrom, body, hash }: Edition): Playbook {
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

/** The kinds of outcome of a service that runs: of today, and of the days to come that are published. */
export const followKinds = (
  tx: Queries,
  today: () => Day,
): Promise<Followed<readonly DatedKinds[]>> =>
  followed(async () =>
    (await inForceFrom(tx, 'playbook', today())).map((edition) => {
      const { effectiveFrom, outcomes } = readEdition(edition)
      return { from: day(effectiveFrom), kinds: kindsOf(outcomes) }
    }),
  )

/** Puts the shipped playbook on file where the bank has none yet. */
export async function installPlaybook(tx: Queries): Promise<void> {
  const { version: _, effectiveFrom, ...body } = SHIPPED_PLAYBOOK
  await install(tx, 'playbook', body, effectiveFrom)
}
